import FieldbookCore
import Observation

/// Reads the book fifty records at a time; what changes is read again as far as it was read before.
@MainActor
@Observable
final class BookModel {
    private(set) var state: BookState
    private let fieldbook: any FieldbookProtocol
    private var next: String?
    /// So many records are to be shown, if there are as many.
    private var wanted = 1
    private var reading: Task<Void, Never>?

    init(_ fieldbook: any FieldbookProtocol, asked: BookFilter) {
        self.fieldbook = fieldbook
        state = BookState(asked: asked)
    }

    func follow() async {
        for await hamlets in fieldbook.reading(.records, read: { try await $0.hamlets() }) {
            state.hamlets = (hamlets.value ?? []).filter(\.own)
            wanted = max(wanted, state.rows.count)
            read()
        }
        reading?.cancel()
    }

    func ask(_ filter: BookFilter) {
        let isTyping = filter.words != state.asked.words
        state.asked = filter
        wanted = 1
        read(after: isTyping ? typing : .zero)
    }

    /// The end of what was read is in sight.
    func more() {
        guard state.hasMore, wanted <= state.rows.count else { return }
        wanted = state.rows.count + 1
        if state.isReading { return }
        reading = Task { await readOn(from: state.rows) }
    }

    private func read(after wait: Duration = .zero) {
        reading?.cancel()
        reading = Task {
            guard (try? await Task.sleep(for: wait)) != nil else { return }
            state.isReading = true
            state.problem = nil
            next = nil
            await readOn(from: byReceipt(state.asked.words))
        }
    }

    /// A page may hold fewer than fifty of what is asked, even none.
    private func readOn(from before: [CaseRow]) async {
        var rows = before
        repeat {
            let read = await outcome { try await self.fieldbook.cases(filter: self.state.asked.core, after: self.next) }
            if Task.isCancelled { return }
            guard let page = read.value else {
                wanted = 1
                state.isReading = false
                state.problem = read.problem
                return
            }
            next = page.next
            rows += page.rows.filter { new in !rows.contains { $0.id == new.id } }
        } while next != nil && rows.count < wanted
        state.rows = rows
        state.hasMore = next != nil
        state.isReading = false
    }

    /// What was typed may be a receipt that somebody reads out.
    private func byReceipt(_ typed: String) async -> [CaseRow] {
        guard typed.contains(where: { !$0.isWhitespace }) else { return [] }
        let found = await outcome {
            guard let id = try await self.fieldbook.findReceipt(typed: typed) else { return CaseRow?.none }
            return try await self.fieldbook.case(id: id).row
        }
        return [found.value ?? nil].compactMap(\.self)
    }
}

private let typing = Duration.milliseconds(250)

extension BookFilter {
    fileprivate var core: CaseFilter {
        CaseFilter(kind: kind, unitId: hamletId, openOnly: openOnly, mineOnly: mineOnly, words: words)
    }
}
