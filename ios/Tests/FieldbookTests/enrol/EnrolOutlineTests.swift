import Testing

@testable import FieldbookKit

@MainActor
struct EnrolOutlineTests {
    nonisolated private static let samples = [
        Sample("code", EnrolSamples.code),
        Sample("wrong-code", EnrolSamples.wrongCode),
        Sample("confirm", EnrolSamples.confirm),
        Sample("pin", EnrolSamples.pin),
        Sample("filling", EnrolSamples.filling),
        Sample("usable", EnrolSamples.usable),
        Sample("complete", EnrolSamples.complete),
        Sample("no-network", EnrolSamples.noNetwork),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<EnrolState>) throws {
        try checkOutline("enrol/\(sample.name)", EnrolContent(state: sample.state))
    }
}
