import CoreLocation
import FieldbookCore
import Foundation

/// How the search for a position stands.
enum Fixing: Sendable { case idle, looking, notAllowed, switchedOff, notFound }

/// One position when it is asked for, by the phone itself; never a second one by itself.
@MainActor
final class Fixes: NSObject {
    private let around: Surroundings
    private lazy var manager = makeManager()
    private var asking: CheckedContinuation<Void, Never>?
    private var waiting: CheckedContinuation<CLLocation?, Never>?

    init(_ around: Surroundings) { self.around = around }

    /// The system would not ask the person.
    var isAllowed: Bool { [.authorizedWhenInUse, .authorizedAlways].contains(manager.authorizationStatus) }

    /// What was found, or why nothing was. Asks for the right to it first, if the person was never asked.
    func take() async -> (PositionFix?, Fixing) {
        guard await isSwitchedOn() else { return (nil, .switchedOff) }
        if manager.authorizationStatus == .notDetermined {
            await withCheckedContinuation {
                asking = $0
                manager.requestWhenInUseAuthorization()
            }
        }
        guard isAllowed else { return (nil, .notAllowed) }
        guard let location = await current() else { return (nil, .notFound) }
        let fix = PositionFix(
            latitude: location.coordinate.latitude, longitude: location.coordinate.longitude,
            accuracyM: Int32(location.horizontalAccuracy.rounded(.up)), approximate: manager.accuracyAuthorization == .reducedAccuracy,
            mock: location.sourceInformation?.isSimulatedBySoftware == true, pinned: false)
        return (fix, .idle)
    }

    /// Asks the system for one position and waits no longer than half a minute.
    private func current() async -> CLLocation? {
        let limit = Task {
            try await around.patience()
            try Task.checkCancellation()
            answer(nil)
        }
        defer { limit.cancel() }
        return await withCheckedContinuation {
            waiting = $0
            manager.requestLocation()
        }
    }

    private func answer(_ location: CLLocation?) {
        waiting?.resume(returning: location)
        waiting = nil
        manager.stopUpdatingLocation()
    }

    private func makeManager() -> CLLocationManager {
        let manager = around.locationManager()
        manager.delegate = self
        manager.desiredAccuracy = kCLLocationAccuracyBest
        return manager
    }

    /// Not on the main actor: the system may take its time to say.
    private nonisolated func isSwitchedOn() async -> Bool { around.isLocationOn() }
}

extension Fixes: @preconcurrency CLLocationManagerDelegate {
    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        if let location = locations.last { answer(location) }
    }

    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) { answer(nil) }

    func locationManagerDidChangeAuthorization(_ manager: CLLocationManager) {
        guard manager.authorizationStatus != .notDetermined else { return }
        asking?.resume()
        asking = nil
    }
}
