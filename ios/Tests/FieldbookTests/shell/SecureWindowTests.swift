import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class SecureWindowTests: FlowTest {
    /// What the app switcher's picture shows of a place.
    private func isCovered(_ place: Place, _ graph: Graph) async throws -> Bool {
        let screen = Screen(
            Text("a resident").modifier(SecureWindow(here: place, fieldbook: graph.fieldbook)).environment(\.words, Words(.vi)))
        defer { screen.close() }
        #expect(screen.has("a resident"))
        for _ in 0..<20 {  // what a case is has to be read first
            _ = screen.nodes
            try await Task.sleep(for: .milliseconds(5))
        }
        screen.environment.scenePhase = .inactive
        return !screen.has("a resident")
    }

    @Test func pagesOfPetitionsAreSecretAndTheOthersAreNot() async throws {
        let graph = try await app.enrolled(office, OfficeRule.head)
        let petition = try await graph.notePetition("Cầu ván mục").id
        let unit = try #require(try await graph.fieldbook.status().posts.first).unitId
        let report = try await graph.fieldbook.nothingToReport(unitId: unit, kind: .weekly).id
        #expect(try await isCovered(.petition(), graph))
        #expect(try await isCovered(.case(id: petition), graph))
        #expect(try await !isCovered(.case(id: report), graph))
        #expect(try await !isCovered(.today, graph))
        #expect(try await !isCovered(.visit(), graph))
    }
}
