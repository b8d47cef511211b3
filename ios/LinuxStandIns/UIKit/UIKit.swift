@_exported import CoreGraphics
@_exported import Foundation

@MainActor open class UIResponder: NSObject {}
@MainActor open class UIViewController: UIResponder {
    open func viewDidLoad() {}
}

public final class UIImage: NSObject, Sendable {
    public let _data: Data
    public init?(contentsOfFile path: String) {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        _data = data
    }
    public init?(data: Data) { _data = data }
    public init(cgImage: CGImage) { _data = cgImage._bytes }
    public func jpegData(compressionQuality: CGFloat) -> Data? { _data }
}

@MainActor open class UIApplication: UIResponder {
    public static let shared = UIApplication()
    public static let openSettingsURLString = "app-settings:"
}

@MainActor public final class UIDevice: NSObject {
    public static let current = UIDevice()
    public let model = "iPhone"
}

public enum UIKeyboardType: Int, Sendable { case `default`, asciiCapable, numberPad, decimalPad, URL, phonePad, emailAddress }
public struct UITextContentType: Hashable, Sendable {
    public static let password = Self(), oneTimeCode = Self(), telephoneNumber = Self(), name = Self()
}

@MainActor public protocol UIApplicationDelegate: NSObjectProtocol {
    init()
}
