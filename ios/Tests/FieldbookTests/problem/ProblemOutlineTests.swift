import Testing

@testable import FieldbookKit

@MainActor
struct ProblemOutlineTests {
    nonisolated private static let samples = [
        Sample("hamlet", ProblemSamples.hamlet),
        Sample("what", ProblemSamples.what),
        Sample("missing", ProblemSamples.missing),
        Sample("bad-photo", ProblemSamples.badPhoto),
        Sample("handling", ProblemSamples.handling),
        Sample("grouped", ProblemSamples.grouped),
        Sample("check", ProblemSamples.check),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<ProblemState>) throws {
        try checkOutline("problem/\(sample.name)", ProblemSample(state: sample.state))
    }
}
