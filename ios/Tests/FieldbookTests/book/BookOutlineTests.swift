import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
struct BookOutlineTests {
    nonisolated private static let samples = [
        Sample("usual", BookSamples.usual),
        Sample("empty", BookSamples.empty),
        Sample("nothing-found", BookSamples.nothingFound),
        Sample("failed", BookSamples.failed),
    ]

    @Test(arguments: samples) func readsAsKept(_ sample: Sample<BookState>) throws {
        try checkOutline("book/\(sample.name)", BookContent(state: sample.state))
    }
}
