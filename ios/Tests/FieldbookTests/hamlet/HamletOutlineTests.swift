import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
struct HamletOutlineTests {
    nonisolated private static let samples = [
        Sample("usual", HamletSamples.usual),
        Sample("empty", HamletSamples.empty),
        Sample("gone", HamletSamples.gone),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<Reading<HamletPage>>) throws {
        try checkOutline("hamlet/\(sample.name)", HamletContent(state: sample.state))
    }
}
