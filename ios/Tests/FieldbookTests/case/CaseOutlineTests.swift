@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
struct CaseOutlineTests {
    nonisolated private static let samples = [
        Sample("resolved", CaseSamples.resolved),
        Sample("masked", CaseSamples.masked),
        Sample("returned", CaseSamples.returned),
        Sample("problem", CaseSamples.problem),
        Sample("visit", CaseSamples.visit),
        Sample("loading", CaseSamples.loading),
        Sample("gone", CaseSamples.gone),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<CaseState>) throws {
        try checkOutline("case/\(sample.name)", CaseContent(state: sample.state))
    }

    @Test func thePagesThatDoSomethingReadAsKept() throws {
        try checkOutline("case/answer", AnswerPage(state: CaseSamples.resolved, doing: .constant(CaseDoing(task: .answer))))
        try checkOutline("case/correct", CorrectPage(state: CaseSamples.returned, doing: .constant(CaseDoing(task: .correct))))
        try checkOutline("case/note", WordsPage(state: CaseSamples.notNow, doing: .constant(CaseDoing(task: .note))))
    }
}
