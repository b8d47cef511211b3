import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
struct OutboxOutlineTests {
    nonisolated private static let samples = [
        Sample("usual", OutboxSamples.usual),
        Sample("attention", OutboxSamples.attention),
        Sample("empty", OutboxSamples.empty),
        Sample("busy", OutboxSamples.busy),
        Sample("cannot-go", OutboxSamples.cannotGo),
        Sample("no-network", OutboxSamples.offline),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<OutboxState>) throws {
        try checkOutline("outbox/\(sample.name)", OutboxContent(state: sample.state))
    }
}
