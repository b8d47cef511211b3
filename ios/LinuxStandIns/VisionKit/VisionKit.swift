@_exported import UIKit

@MainActor public protocol DataScannerViewControllerDelegate: AnyObject {
    func dataScanner(_ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem])
    func dataScanner(
        _ dataScanner: DataScannerViewController, becameUnavailableWithError error: DataScannerViewController.ScanningUnavailable)
}
extension DataScannerViewControllerDelegate {
    public func dataScanner(_ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem]) {}
    public func dataScanner(
        _ dataScanner: DataScannerViewController, becameUnavailableWithError error: DataScannerViewController.ScanningUnavailable
    ) {}
}

public struct VNBarcodeSymbology: Hashable, Sendable {
    public static let qr = Self()
}

public enum RecognizedItem: Sendable {
    case barcode(Barcode)
    public struct Barcode: Sendable {
        public let payloadStringValue: String?
        public init(_payload: String?) { payloadStringValue = _payload }
    }
}

@MainActor open class DataScannerViewController: UIViewController {
    public enum ScanningUnavailable: Error { case unsupported, cameraRestricted }
    public struct RecognizedDataType: Hashable, Sendable {
        public static func barcode(symbologies: [VNBarcodeSymbology] = []) -> Self { Self() }
    }
    public enum QualityLevel: Sendable { case balanced, fast, accurate }

    public static var isSupported: Bool { true }
    public weak var delegate: (any DataScannerViewControllerDelegate)?
    public private(set) var isScanning = false

    public init(
        recognizedDataTypes: Set<RecognizedDataType>, qualityLevel: QualityLevel = .balanced, recognizesMultipleItems: Bool = false,
        isHighFrameRateTrackingEnabled: Bool = true, isPinchToZoomEnabled: Bool = true, isGuidanceEnabled: Bool = true,
        isHighlightingEnabled: Bool = false
    ) {}
    open func startScanning() throws { isScanning = true }
    open func stopScanning() { isScanning = false }

    /// Somebody holds a code with this text before the camera.
    public func _show(_ text: String) {
        guard isScanning else { return }
        let item = RecognizedItem.barcode(RecognizedItem.Barcode(_payload: text))
        delegate?.dataScanner(self, didAdd: [item], allItems: [item])
    }
}
