import Foundation
import Observation

/// The pages one came through, the shown one last. Kept with the scene.
@MainActor
@Observable
final class Stack {
    /// A page on the stack; the same place twice is two of them. Under another name it stays the same page.
    struct Entry: Hashable, Codable {
        var place: Place
        var key = UUID()

        static func == (one: Entry, other: Entry) -> Bool { one.key == other.key }
        func hash(into hasher: inout Hasher) { hasher.combine(key) }
    }

    /// A place of the bottom bar, or enrolment where nobody is signed in.
    private(set) var root: Place
    /// The pages above it.
    var entries: [Entry]

    init(_ root: Place, _ above: Place...) {
        self.root = root
        entries = above.map { Entry(place: $0) }
    }

    var here: Place { entries.last?.place ?? root }

    /// Opens a page. A place of the bottom bar takes the place of all others.
    func go(_ place: Place) {
        if place == here { return }
        if Place.bar.contains(place) { return startAt(place) }
        entries.append(Entry(place: place))
    }

    /// Leaves everything behind.
    func startAt(_ place: Place) {
        root = place
        entries = []
    }

    /// The same page under another name: a new form has its draft now. Its model and what was typed stay.
    func rename(_ place: Place) {
        guard !entries.isEmpty else { return }
        entries[entries.count - 1].place = place
    }

    /// Opens a page in place of this one, so that back does not lead here again.
    func replace(_ place: Place) {
        guard !entries.isEmpty else { return startAt(place) }
        entries[entries.count - 1] = Entry(place: place)
    }

    func back() { _ = entries.popLast() }
}

extension Stack {
    private struct Kept: Codable {
        let root: Place
        let entries: [Entry]
    }

    /// What the system keeps of it: the same bytes for the same pages.
    var kept: Data? {
        get {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return try? encoder.encode(Kept(root: root, entries: entries))
        }
        set {
            guard let newValue, let kept = try? JSONDecoder().decode(Kept.self, from: newValue) else { return }
            root = kept.root
            entries = kept.entries
        }
    }
}
