import Foundation
import Testing

@testable import FieldbookKit

struct PicturesTests {
    private let home: TemporaryFolder
    private let pictures: Pictures

    init() throws {
        home = try TemporaryFolder()
        pictures = Pictures(home: home.url, Surroundings())
    }

    private func take(_ bytes: Data, _ draftId: String) async throws -> Pictures.Waiting {
        let chosen = home.url.appending(path: "chosen")
        try bytes.write(to: chosen)
        try await pictures.take(chosen, draftId, "visit")
        return try #require(await pictures.waiting(draftId).first)
    }

    @Test func whatIsForgottenLeavesNoCopyAlsoNoSmallOne() async throws {
        let draftId = UUID().uuidString
        let waiting = try await take(picture(), draftId)
        let small = try await pictures.small(waiting.file)
        #expect(FileManager.default.fileExists(atPath: small.path))
        await pictures.forget(draftId)
        #expect(await pictures.waiting(draftId) == [])
        #expect(!FileManager.default.fileExists(atPath: small.path))
    }

    @Test func whatIsNoPictureGivesNone() async throws {
        let waiting = try await take(Data("not a picture".utf8), UUID().uuidString)
        #expect(Pictures.decode(waiting.file) == nil)
        await #expect(throws: (any Error).self) { try await pictures.small(waiting.file) }
    }
}
