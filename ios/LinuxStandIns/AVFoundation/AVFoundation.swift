@_exported import Foundation

public struct AVMediaType: Hashable, Sendable {
    public static let video = AVMediaType()
}

public final class AVCaptureDevice: NSObject, Sendable {
    public static func requestAccess(for mediaType: AVMediaType) async -> Bool { false }
}
