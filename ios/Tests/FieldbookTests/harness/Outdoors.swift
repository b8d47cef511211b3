import FieldbookCore
import Foundation
import LocalAuthentication
import Network
import Synchronization

@testable import FieldbookKit

/// What is around the phones of a test: the network, and whether a phone has a lock of its own.
final class Outdoors: Sendable {
    private struct Sky {
        var path = NWPath(_status: .satisfied)
        var monitors: [NWPathMonitor] = []
        var lock: Bool?
    }
    private let sky = Mutex(Sky())

    var surroundings: Surroundings {
        var around = Surroundings()
        around.pathMonitor = { [self] in monitor() }
        around.phoneLock = PhoneLock { [self] in LAContext(_opens: sky.withLock { $0.lock }) }
        return around
    }

    /// What the system says about the network from now on.
    func network(_ network: FieldbookCore.Network) {
        let path = NWPath(_status: network == .noNetwork ? .unsatisfied : .satisfied, isExpensive: network == .metered)
        sky.withLock {
            $0.path = path
            for monitor in $0.monitors { monitor._tell(path) }
        }
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
