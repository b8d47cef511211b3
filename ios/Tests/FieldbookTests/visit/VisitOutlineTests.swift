import Testing

@testable import FieldbookKit

@MainActor
struct VisitOutlineTests {
    nonisolated private static let samples = [
        Sample("failed", VisitSamples.failed),
        Sample("hamlet", VisitSamples.hamlet),
        Sample("hamlet-found", VisitSamples.hamletFound),
        Sample("place", VisitSamples.place),
        Sample("place-looking", VisitSamples.placeLooking),
        Sample("place-missing", VisitSamples.placeMissing),
        Sample("place-mock", VisitSamples.placeMock),
        Sample("later", VisitSamples.later),
        Sample("topics", VisitSamples.topics),
        Sample("follow-ups", VisitSamples.followUps),
        Sample("problems", VisitSamples.problems),
        Sample("problem-missing", VisitSamples.problemMissing),
        Sample("photos", VisitSamples.photos),
        Sample("promises", VisitSamples.promises),
        Sample("check", VisitSamples.check),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<VisitState>) throws {
        try checkOutline("visit/\(sample.name)", VisitSample(state: sample.state))
    }
}
