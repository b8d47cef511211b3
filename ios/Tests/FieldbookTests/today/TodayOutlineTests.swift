import Testing

@testable import FieldbookKit

@MainActor
struct TodayOutlineTests {
    nonisolated private static let samples = [
        Sample("loading", TodaySamples.loading),
        Sample("empty", TodaySamples.empty),
        Sample("liaison", TodaySamples.liaison),
        Sample("head", TodaySamples.head),
        Sample("both", TodaySamples.both),
        Sample("no-network", TodaySamples.noNetwork),
        Sample("failed", TodaySamples.failed),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<TodayState>) throws {
        try checkOutline("today/\(sample.name)", TodayContent(state: sample.state))
    }
}
