import FieldbookCore
import Observation

@MainActor
@Observable
final class HamletModel {
    private(set) var state: Reading<HamletPage> = .loading
    private let fieldbook: any FieldbookProtocol
    private let id: String

    init(_ fieldbook: any FieldbookProtocol, id: String) {
        self.fieldbook = fieldbook
        self.id = id
    }

    func follow() async {
        let id = id
        for await hamlet in fieldbook.reading(.records, read: { try await $0.hamlet(id: id) }) { state = hamlet }
    }
}
