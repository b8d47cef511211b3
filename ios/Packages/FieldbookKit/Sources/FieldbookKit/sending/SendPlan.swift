import BackgroundTasks
import Foundation

/// When to send and receive while the app is closed. The core decides what goes: text on any network, photos as the person chose.
/// The system chooses the moment, and keeps one wish at a time: a new one takes the place of the last.
struct SendPlan: Sendable {
    /// As in `BGTaskSchedulerPermittedIdentifiers` of Info.plist.
    static let identifier = "vn.sodiaban.fieldbook.send"
    let scheduler: @Sendable () -> BGTaskScheduler

    /// Once an hour, from now on.
    func hourly() { plan(after: hour) }

    /// Something waits: as soon as the system finds it right.
    func soon() { plan(after: 0) }

    /// A wish the system does not take (background work is switched off for this app) leaves sending to when the app is open again.
    private func plan(after seconds: TimeInterval) {
        let wish = BGAppRefreshTaskRequest(identifier: Self.identifier)
        wish.earliestBeginDate = Date(timeIntervalSinceNow: seconds)
        try? scheduler().submit(wish)
    }
}

private let hour: TimeInterval = 3_600
