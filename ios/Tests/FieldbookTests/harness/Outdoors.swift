import BackgroundTasks
import CoreLocation
import FieldbookCore
import Foundation
import LocalAuthentication
import Network
import Synchronization
import URLSessions
import UserNotifications

@testable import FieldbookKit

/// What is around the phones of a test: the network, and whether a phone has a lock of its own.
final class Outdoors: Sendable {
    private struct Sky {
        var path = NWPath(_status: .satisfied)
        var monitors: [NWPathMonitor] = []
        var lock: Bool?
        var hasCodeCamera = true
        var mayScan = false
        var mayUseCamera = false
    }
    private let sky = Mutex(Sky())
    let shade = UNUserNotificationCenter(_status: .notDetermined)
    let scheduler = BGTaskScheduler()
    private let satellites = _Sky()
    private let senders = Mutex([String: _Transfers]())
    private let patience = AsyncStream.makeStream(of: Void.self)

    /// What is around this phone.
    func surroundings(of phone: String) -> Surroundings {
        var around = Surroundings()
        around.backgroundSession = { [self] in URLSession(_under: sender(of: phone)) }
        around.pathMonitor = { [self] in monitor() }
        around.phoneLock = PhoneLock { [self] in LAContext(_opens: sky.withLock { $0.lock }) }
        around.locationManager = { [satellites] in CLLocationManager(_under: satellites) }
        around.camera = { [self] in sky.withLock { $0.mayUseCamera } }
        around.patience = { [patience] in for await _ in patience.stream { return } }
        around.codeCamera = Camera(
            exists: { [self] in sky.withLock { $0.hasCodeCamera } }, mayBeUsed: { [self] in sky.withLock { $0.mayScan } })
        around.scheduler = { [scheduler] in scheduler }
        around.notifications = { [shade] in shade }
        around.language = .vi
        return around
    }

    /// The system's own sender of this phone, which outlives the app.
    func sender(of phone: String) -> _Transfers {
        senders.withLock {
            let sender = $0[phone] ?? _Transfers()
            $0[phone] = sender
            return sender
        }
    }

    /// The person lets the app use the camera.
    func allowCamera() { sky.withLock { $0.mayUseCamera = true } }

    /// The person lets the app know where the phone is.
    func allowPosition() { satellites.change { $0.authorization = .authorizedWhenInUse } }

    func forbidPosition() { satellites.change { $0.authorization = .denied } }

    func stand(latitude: Double, longitude: Double, isMock: Bool = false) {
        let here = CLLocation(
            coordinate: CLLocationCoordinate2D(latitude: latitude, longitude: longitude), altitude: 0, horizontalAccuracy: 11.4,
            verticalAccuracy: 0, course: 0, courseAccuracy: 0, speed: 0, speedAccuracy: 0, timestamp: .now,
            sourceInfo: CLLocationSourceInformation(softwareSimulationState: isMock, andExternalAccessoryState: false))
        satellites.change { $0.location = here }
    }

    /// The time in which a position may be found is over.
    func wait() { patience.continuation.yield() }

    /// What the person answers when asked for the camera that reads codes.
    func codeCamera(mayBeUsed: Bool) { sky.withLock { $0.mayScan = mayBeUsed } }

    func noCodeCamera() { sky.withLock { $0.hasCodeCamera = false } }

    /// What the system says about the network from now on.
    func network(_ network: FieldbookCore.Network) {
        let path = NWPath(_status: network == .noNetwork ? .unsatisfied : .satisfied, isExpensive: network == .metered)
        sky.withLock {
            $0.path = path
            for monitor in $0.monitors { monitor._tell(path) }
        }
    }

    /// Nobody is told of the network any more; a phone that listens without end would never let go of its notebook.
    func end() {
        sky.withLock {
            for monitor in $0.monitors { monitor.cancel() }
            $0.monitors = []
        }
        patience.continuation.finish()
    }

    /// The phones have a lock of their own from now on; whether it opens.
    func phoneLock(opens: Bool) { sky.withLock { $0.lock = opens } }

    private func monitor() -> NWPathMonitor {
        sky.withLock {
            let monitor = NWPathMonitor()
            monitor._tell($0.path)
            $0.monitors.append(monitor)
            return monitor
        }
    }
}
