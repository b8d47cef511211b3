import FieldbookCore
import Foundation
import Synchronization
import Testing

@testable import FieldbookKit

@MainActor
struct ReadingTests {
    @Test func itReadsAtOnceAndAgainAfterAChangeThatMatters() async throws {
        let folder = try TemporaryFolder()
        let fieldbook = try Graph(home: folder.url.appending(path: "phone")).fieldbook
        var reads = 0
        for await reading in fieldbook.reading(.drafts, read: { try await $0.drafts().count }) {
            #expect(reading == .ready(reads))
            reads += 1
            if reads == 3 { break }
            _ = try await fieldbook.startDraft(draft: NewDraft(kind: .problem, hamletId: nil, sinceBoot: nil, later: false))
        }
        #expect(reads == 3)
    }

    @Test func newsThatDoNotMatterAreNotReadAgain() async throws {
        let news = Told([.traffic, .records, .everything])
        var reads = 0
        for await _ in Newspaper(news).reading(.drafts, read: { _ in 0 }) { reads += 1 }
        #expect(reads <= 2)
    }

    @Test func whoeverStopsFollowingLeavesNobodyListening() async throws {
        let news = Told([])
        news.waits = true
        let fieldbook = Newspaper(news)
        let following = Task { for await _ in fieldbook.reading(.drafts, read: { _ in 0 }) {} }
        while !news.isAsked { await Task.yield() }
        following.cancel()
        await following.value
        #expect(news.isClosed)
    }
}

/// A core that only has news.
private final class Newspaper: Fieldbook, @unchecked Sendable {
    private let news: Told

    init(_ news: Told) {
        self.news = news
        super.init(noHandle: .init())
    }

    @available(*, unavailable)
    required init(unsafeFromHandle handle: UInt64) { fatalError() }

    override func changes() -> Changes { news }
}

/// These news, and then none; or none until it is closed.
private final class Told: Changes, @unchecked Sendable {
    private let state = Mutex(State())

    private struct State {
        var items: [Change] = []
        var waits = false
        var isAsked = false
        var isClosed = false
    }

    init(_ items: [Change]) {
        super.init(noHandle: .init())
        state.withLock { $0.items = items }
    }

    @available(*, unavailable)
    required init(unsafeFromHandle handle: UInt64) { fatalError() }

    var waits: Bool {
        get { state.withLock { $0.waits } }
        set { state.withLock { $0.waits = newValue } }
    }
    var isAsked: Bool { state.withLock { $0.isAsked } }
    var isClosed: Bool { state.withLock { $0.isClosed } }

    override func stop() { state.withLock { $0.isClosed = true } }

    override func next() async -> Change? {
        state.withLock { $0.isAsked = true }
        while waits, !isClosed { await Task.yield() }
        return state.withLock { $0.items.isEmpty ? nil : $0.items.removeFirst() }
    }
}
