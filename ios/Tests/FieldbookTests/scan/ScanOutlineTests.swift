import Testing

@testable import FieldbookKit

@MainActor
struct ScanOutlineTests {
    nonisolated private static let samples = [
        Sample("asking", ScanState.asking),
        Sample("looking", ScanState.looking),
        Sample("refused", ScanState.refused),
        Sample("no-camera", ScanState.noCamera),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<ScanState>) throws {
        try checkOutline("scan/\(sample.name)", ScanSample(state: sample.state))
    }
}
