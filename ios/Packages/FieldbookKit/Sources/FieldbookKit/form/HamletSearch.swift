import FieldbookCore
import Observation

/// Finds a hamlet by what is typed of its name, old or new; `found` is none while nothing is looked for.
@MainActor
@Observable
final class HamletSearch {
    private(set) var found: [HamletChoice]?
    @ObservationIgnored private let fieldbook: any FieldbookProtocol
    @ObservationIgnored private let looking = Turns()

    init(_ fieldbook: any FieldbookProtocol) { self.fieldbook = fieldbook }

    /// Answers come in the order of the questions.
    func find(_ typed: String) {
        Task {
            await looking.take {
                guard !typed.isBlank else { return self.found = nil }
                guard case .done(let hits) = await outcome({ try await self.fieldbook.findHamlets(typed: typed) }) else { return }
                self.found = hits
            }
        }
    }
}
