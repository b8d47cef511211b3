import AVFoundation
import VisionKit

/// What looks at a code.
struct Camera: Sendable {
    /// A camera there is on this phone.
    var exists: @MainActor @Sendable () -> Bool = { DataScannerViewController.isSupported }
    /// The system asks once and remembers the answer.
    var mayBeUsed: @Sendable () async -> Bool = { await AVCaptureDevice.requestAccess(for: .video) }
}
