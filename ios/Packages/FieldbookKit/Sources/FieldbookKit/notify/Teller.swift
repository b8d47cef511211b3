import FieldbookCore
import Foundation
import UserNotifications

/// Tells of an answer, a return or a task that is due, once each, with the app out of sight. It says how many, never what or who; where
/// the system hides what notifications say, on the lock screen, not even how many.
@MainActor
final class Teller {
    /// While somebody looks at the app nothing is told: the pages say it.
    var isInSight = false
    private let fieldbook: any FieldbookProtocol
    private let shade: UNUserNotificationCenter
    private let file: URL
    private let words: Words
    private let turns = Turns()

    init(_ fieldbook: any FieldbookProtocol, home: URL, shade: UNUserNotificationCenter, words: Words = Words(.ofTheSystem)) {
        self.fieldbook = fieldbook
        self.shade = shade
        self.words = words
        file = home.appending(path: "told.json")
    }

    /// Tells what is new since the last time.
    func tell() async {
        await turns.take { [self] in
            guard let now = await readNews() else { return }
            let told = readTold()
            let new = now.filter { !told.contains($0.told) }
            keep(now)
            guard !isInSight, await status == .authorized else { return }
            for kind in NewsKind.allCases {
                let count = new.count { $0.kind == kind }
                if count > 0 { await show(kind, count) }
            }
        }
    }

    /// The person looks at the app: everything is known, and what was told goes away.
    func seen() async {
        await turns.take { [self] in
            shade.removeAllDeliveredNotifications()
            if let now = await readNews() { keep(now) }
        }
    }

    /// Asks whether to tell, if that was never asked.
    func ask() async {
        guard await status == .notDetermined else { return }
        _ = try? await shade.requestAuthorization(options: [.alert, .sound])  // no answer is a no
    }

    private var status: UNAuthorizationStatus {
        get async { await shade.notificationSettings().authorizationStatus }
    }

    /// Nothing of the practice copy is told: it is not real.
    private func readNews() async -> Set<News>? {
        guard let today = await outcome({ try await self.fieldbook.today() }).value, !today.practice else { return nil }
        return newsOf(today)
    }

    private func readTold() -> Set<String> {
        (try? Data(contentsOf: file)).flatMap { try? JSONDecoder().decode(Set<String>.self, from: $0) } ?? []
    }

    /// What is over is forgotten: when it comes again it is told again. Where it cannot be kept the same is told twice.
    private func keep(_ now: Set<News>) {
        try? JSONEncoder().encode(now.map(\.told).sorted()).write(to: file, options: .atomic)
    }

    private func show(_ kind: NewsKind, _ count: Int) async {
        let content = UNMutableNotificationContent()
        content.body = words(kind.word, count: count)
        content.categoryIdentifier = category
        shade.setNotificationCategories([
            UNNotificationCategory(
                identifier: category, actions: [], intentIdentifiers: [], hiddenPreviewsBodyPlaceholder: words(.notifyLocked), options: [])
        ])
        // One line of each kind: a newer one takes the place of the last.
        try? await shade.add(UNNotificationRequest(identifier: kind.rawValue, content: content, trigger: nil))
    }
}

private let category = "news"

extension News {
    fileprivate var told: String { "\(kind.rawValue) \(key)" }
}

extension NewsKind {
    fileprivate var word: Key {
        switch self {
        case .answer: .notifyAnswers
        case .return: .notifyReturns
        case .due: .notifyDue
        }
    }
}
