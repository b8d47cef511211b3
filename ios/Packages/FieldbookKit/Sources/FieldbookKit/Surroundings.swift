import AVFoundation
import CoreLocation
import Network
import UIKit

/// What the phone is surrounded by, as the system's own objects. Tests put others here.
public struct Surroundings: Sendable {
    var pathMonitor: @Sendable () -> NWPathMonitor = { NWPathMonitor() }
    var phoneLock = PhoneLock()
    var locationManager: @MainActor @Sendable () -> CLLocationManager = { CLLocationManager() }
    var isLocationOn: @Sendable () -> Bool = { CLLocationManager.locationServicesEnabled() }
    /// Ends when a position was waited for long enough.
    var patience: @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(30)) }
    /// There is a camera, and the person lets the app use it; asks if need be.
    var camera: @MainActor @Sendable () async -> Bool = {
        guard UIImagePickerController.isSourceTypeAvailable(.camera) else { return false }
        return await AVCaptureDevice.requestAccess(for: .video)
    }

    public init() {}
}
