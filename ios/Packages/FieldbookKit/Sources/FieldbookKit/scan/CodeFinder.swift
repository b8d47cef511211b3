import SwiftUI
import VisionKit

/// What the camera sees; the first code ends it.
struct CodeFinder: UIViewControllerRepresentable {
    let onCode: @MainActor (String) -> Void
    /// The camera does not open: another app has it, or the office of the phone forbids it.
    let onAway: @MainActor () -> Void

    func makeCoordinator() -> Coordinator { Coordinator(onCode: onCode, onAway: onAway) }

    func makeUIViewController(context: Context) -> DataScannerViewController {
        let scanner = DataScannerViewController(
            recognizedDataTypes: [.barcode(symbologies: [.qr])], qualityLevel: .balanced, recognizesMultipleItems: false,
            isHighFrameRateTrackingEnabled: false, isGuidanceEnabled: false, isHighlightingEnabled: true)
        scanner.delegate = context.coordinator
        return scanner
    }

    func updateUIViewController(_ scanner: DataScannerViewController, context: Context) {
        guard !scanner.isScanning else { return }
        do {
            try scanner.startScanning()
        } catch {
            Task { onAway() }  // not while the page is being drawn
        }
    }

    static func dismantleUIViewController(_ scanner: DataScannerViewController, coordinator: Coordinator) { scanner.stopScanning() }

    @MainActor
    final class Coordinator: NSObject, DataScannerViewControllerDelegate {
        private let onCode: @MainActor (String) -> Void
        private let onAway: @MainActor () -> Void
        private var hasFound = false

        init(onCode: @escaping @MainActor (String) -> Void, onAway: @escaping @MainActor () -> Void) {
            self.onCode = onCode
            self.onAway = onAway
        }

        func dataScanner(_ dataScanner: DataScannerViewController, didAdd addedItems: [RecognizedItem], allItems: [RecognizedItem]) {
            for case .barcode(let code) in addedItems {
                guard !hasFound, let text = code.payloadStringValue else { continue }
                hasFound = true
                dataScanner.stopScanning()
                onCode(text)
            }
        }

        func dataScanner(
            _ dataScanner: DataScannerViewController, becameUnavailableWithError error: DataScannerViewController.ScanningUnavailable
        ) {
            onAway()
        }
    }
}
