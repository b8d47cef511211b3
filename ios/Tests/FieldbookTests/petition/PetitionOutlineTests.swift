import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
struct PetitionOutlineTests {
    nonisolated private static let steps = [
        Sample("ask-first", PetitionSamples.firstAsk),
        Sample("ask", PetitionSamples.ask),
        Sample("sorted", PetitionSamples.sorted),
        Sample("sorted-urgent", PetitionSamples.urgent),
    ]
    nonisolated private static let guidances = [
        Sample("guidance", PetitionSamples.guidance),
        Sample("guidance-where", PetitionSamples.guidanceTwo),
        Sample("guidance-noted", PetitionSamples.noted),
    ]
    nonisolated private static let forms = [
        Sample("text", PetitionSamples.empty),
        Sample("text-missing", PetitionSamples.missing),
        Sample("text-restored", PetitionSamples.restored),
        Sample("who", PetitionSamples.who),
        Sample("who-anonymous", PetitionSamples.anonymous),
        Sample("where", PetitionSamples.where),
        Sample("review", PetitionSamples.review),
        Sample("review-posts", PetitionSamples.reviewPosts),
    ]

    @Test(arguments: steps) func theQuestionsReadAsKept(_ sample: Sample<SorterStep>) throws {
        try checkOutline("petition/\(sample.name)", SorterSample(step: sample.state))
    }

    @Test(arguments: guidances) func theGuidanceReadsAsKept(_ sample: Sample<Guidance>) throws {
        try checkOutline("petition/\(sample.name)", GuidanceSample(state: sample.state))
    }

    @Test(arguments: forms) func theFormReadsAsKept(_ sample: Sample<PetitionForm>) throws {
        try checkOutline("petition/\(sample.name)", PetitionSample(state: sample.state))
    }
}
