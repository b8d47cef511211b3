import Testing

@testable import FieldbookKit

@MainActor
struct ReportOutlineTests {
    nonisolated private static let samples = [Sample("weekly", ReportSamples.weekly), Sample("two-places", ReportSamples.twoPlaces)]
    nonisolated private static let forms = [
        Sample("boxes", ReportSamples.boxes),
        Sample("one-box", ReportSamples.oneBox),
        Sample("check", ReportSamples.check),
        Sample("check-nothing", ReportSamples.checkNothing),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<ReportState>) throws {
        try checkOutline("report/\(sample.name)", ReportSample(state: sample.state))
    }

    @Test(arguments: forms) func theFormReadsAsKept(_ sample: Sample<FormState<ReportForm>>) throws {
        try checkOutline("report/\(sample.name)", ReportFormSample(state: sample.state))
    }
}
