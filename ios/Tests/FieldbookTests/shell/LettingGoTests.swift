import FieldbookCore
import Testing

@testable import FieldbookKit

/// A phone is gone with the test that held it. Otherwise each leaves its notebook's files open, and a whole run more than a thousand.
@MainActor
struct LettingGoTests {
    @Test func aPhoneOnTheScreenIsGoneWithItsTest() async throws {
        weak var phone = try await aTest()
        let end = ContinuousClock.now + .seconds(20)
        while phone != nil, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
        #expect(phone == nil, "something still holds the phone")
    }

    private func aTest() async throws -> Graph {
        let office = try await OfficeRule()
        let app = try AppRule()
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        app.open(phone)
        try await app.see("Bắt đầu nắm tình hình")
        return phone
    }
}
