import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
struct SavedOutlineTests {
    nonisolated private static let samples = [
        Sample("visit", SavedSamples.visit),
        Sample("no-network", SavedSamples.noNetwork),
        Sample("received", SavedSamples.received),
        Sample("taken-back", SavedSamples.takenBack),
        Sample("too-late", SavedSamples.tooLate),
        Sample("for-resident", SavedSamples.forResident),
        Sample("report", SavedSamples.report),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<SavedState>) throws {
        try checkOutline(
            "saved/\(sample.name)", SavedContent(state: sample.state, moreReceipts: sample.name == "visit" ? ["BKT-28-7K"] : []))
    }
}
