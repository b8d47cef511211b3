import AVFoundation
import BackgroundTasks
import CoreLocation
import Foundation
import Network
import UIKit
import UserNotifications

#if os(Linux)
    import URLSessions
#endif

/// What the phone is surrounded by, as the system's own objects. Tests put others here.
public struct Surroundings: Sendable {
    var pathMonitor: @Sendable () -> NWPathMonitor = { NWPathMonitor() }
    var phoneLock = PhoneLock()
    var codeCamera = Camera()
    var scheduler: @Sendable () -> BGTaskScheduler = { .shared }
    var notifications: @Sendable () -> UNUserNotificationCenter = { .current() }
    var language = Language.ofTheSystem
    var locationManager: @MainActor @Sendable () -> CLLocationManager = { CLLocationManager() }
    var isLocationOn: @Sendable () -> Bool = { CLLocationManager.locationServicesEnabled() }
    /// Ends when a position was waited for long enough.
    var patience: @Sendable () async throws -> Void = { try await Task.sleep(for: .seconds(30)) }
    /// There is a camera, and the person lets the app use it; asks if need be.
    var camera: @MainActor @Sendable () async -> Bool = {
        guard UIImagePickerController.isSourceTypeAvailable(.camera) else { return false }
        return await AVCaptureDevice.requestAccess(for: .video)
    }

    /// Sends while the app is closed.
    var backgroundSession: @Sendable () -> URLSession = {
        URLSession(configuration: .background(withIdentifier: PhotoErrands.identifier), delegate: nil, delegateQueue: nil)
    }

    public init() {}
}
