import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class AskToTellTests: FlowTest {
    /// Where one is, as the root knows it.
    @Observable final class Here { var place = Place.today }

    private struct Page: View {
        let here: Here
        let teller: Teller
        var body: some View { Text("a page").modifier(AskToTell(here: here.place, teller: teller)) }
    }

    @Test func itIsAskedWhenTheFirstSavedRecordIsLeft() async throws {
        let phone = try app.phone()
        let here = Here()
        let screen = Screen(Page(here: here, teller: phone.teller))
        defer { screen.close() }
        for place: Place in [.petition(), .today, .saved(caseId: "a", undoId: "b"), .case(id: "a")] {
            here.place = place
            _ = screen.nodes
        }
        #expect(app.outdoors.shade._questions == 0)
        for place: Place in [.saved(caseId: "c", undoId: "d"), .today] {
            here.place = place
            _ = screen.nodes
        }
        _ = try await app.until("it to be asked") { app.outdoors.shade._questions == 1 ? true : nil }
    }
}
