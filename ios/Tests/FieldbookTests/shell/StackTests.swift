import Foundation
import Testing

@testable import FieldbookKit

@MainActor
struct StackTests {
    @Test func aPlaceOfTheBarTakesThePlaceOfAllOthers() {
        let stack = Stack(.today)
        stack.go(.case(id: "1"))
        stack.go(.hamlet(id: "2"))
        stack.go(.book)
        #expect(stack.here == .book)
        #expect(stack.entries == [])
    }

    @Test func whereOneIsAlreadyIsNotOpenedTwice() {
        let stack = Stack(.today)
        stack.go(.case(id: "1"))
        stack.go(.case(id: "1"))
        #expect(stack.entries.count == 1)
    }

    @Test func underAnotherNameItIsTheSamePageAndInPlaceOfItAnotherOne() {
        let stack = Stack(.today, .visit())
        let page = stack.entries
        stack.rename(.visit(draftId: "7"))
        #expect(stack.entries == page)
        #expect(stack.here == .visit(draftId: "7"))
        stack.replace(.saved(caseId: "c", undoId: "u"))
        #expect(stack.entries != page)
        stack.back()
        #expect(stack.here == .today)
    }

    @Test func itComesBackFromWhatTheSystemKept() throws {
        let places: [Place] = [
            .me, .visit(draftId: "1", hamletId: "2", later: true), .petition(draftId: "3"), .problem(hamletId: "4"), .report,
            .nothing(unitId: "5", kind: .weekly), .reportForm(draftId: "6"), .saved(caseId: "7", undoId: "8", moreReceipts: ["9"]),
            .case(id: "10"), .hamlet(id: "11"),
        ]
        let stack = Stack(.book)
        for place in places { stack.go(place) }
        #expect(stack.kept == stack.kept)
        let again = Stack(.today)
        again.kept = try #require(stack.kept)
        #expect(again.root == .book)
        #expect(again.entries.map(\.place) == places)
        #expect(again.entries == stack.entries)
    }

    @Test func whatCannotBeReadChangesNothing() {
        let stack = Stack(.today, .me)
        stack.kept = Data("{}".utf8)
        stack.kept = nil
        #expect(stack.here == .me)
    }
}
