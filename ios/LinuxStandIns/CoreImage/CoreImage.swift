@_exported import CoreGraphics

/// A picture that is not drawn; here only what it is to say.
public final class CIImage: NSObject {
    public let extent: CGRect
    let message: Data?
    init(_ message: Data?, _ extent: CGRect) {
        self.message = message
        self.extent = extent
    }
    public convenience init(color: CIColor) { self.init(nil, .infinite) }
    public func cropped(to rect: CGRect) -> CIImage { CIImage(message, rect) }
    public func composited(over dest: CIImage) -> CIImage { CIImage(message ?? dest.message, extent.union(dest.extent)) }
}
public final class CIColor: NSObject, Sendable {
    public static let white = CIColor()
}

public final class CIFilter: NSObject {
    private let message: Data
    public init?(name: String, parameters: [String: Any]?) {
        guard name == "CIQRCodeGenerator", let message = parameters?["inputMessage"] as? Data else { return nil }
        self.message = message
    }
    /// Twenty-one modules on a side, the smallest code there is.
    public var outputImage: CIImage? { CIImage(message, CGRect(x: 0, y: 0, width: 21, height: 21)) }
}

public final class CIContext: NSObject {
    public func createCGImage(_ image: CIImage, from fromRect: CGRect) -> CGImage? {
        image.message.map { CGImage(_bytes: $0, width: Int(fromRect.width), height: Int(fromRect.height)) }
    }
}
