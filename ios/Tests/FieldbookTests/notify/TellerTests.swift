import FieldbookCore
import Foundation
import Testing
import UserNotifications

@testable import FieldbookKit

private let secret = "Cầu ván mục ở nhà bà Hoa"

@MainActor
final class TellerTests: FlowTest {
    private var shade: UNUserNotificationCenter { app.outdoors.shade }
    private var told: [String] { shade._told.map(\.content._body) }

    /// A petition of the head is at the office, and what was due at the beginning is known.
    private func sent(_ phone: Graph) async throws -> String {
        let saved = try await phone.notePetition(secret)
        try await app.settle(phone)
        await phone.teller.tell()
        shade._allow(.authorized)
        return saved.id
    }

    private func resolve(_ id: String) async throws {
        try await office.run("office", "receive", id)
        try await office.run("office", "sort", id)
        try await office.run("office", "resolve", id, "--text", secret)
    }

    private func syncAndTell(_ phone: Graph) async throws {
        _ = try await phone.fieldbook.syncNow()
        await phone.teller.tell()
    }

    @Test func anAnswerIsToldOnceWithoutItsContent() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let id = try await sent(phone)
        try await resolve(id)
        try await syncAndTell(phone)
        #expect(told == ["Có 1 kết quả cần báo lại"])
        let content = try #require(shade._told.first).content
        #expect(content._title == "")
        #expect(shade._categories.map(\.identifier) == [content._category])
        #expect(shade._categories.map(\.hiddenPreviewsBodyPlaceholder) == ["Sổ có tin mới"])
        shade.removeAllDeliveredNotifications()
        await phone.teller.tell()
        #expect(told == [])
    }

    @Test func whatWasToldIsNotToldAgainAfterAKill() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        try await resolve(sent(phone))
        try await syncAndTell(phone)
        shade.removeAllDeliveredNotifications()
        let again = Teller(phone.fieldbook, home: try app.home(phone), shade: shade, words: Words(.vi))
        await again.tell()
        #expect(told == [])
    }

    @Test func aReturnIsTold() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let id = try await sent(phone)
        try await office.run("office", "return", id, "--text", secret)
        try await syncAndTell(phone)
        #expect(told == ["Có 1 mục bị trả lại"])
    }

    @Test func nothingElseIsToldAndNothingWhileTheAppIsLookedAt() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let id = try await sent(phone)
        try await office.run("office", "note", id, "--text", secret)
        try await syncAndTell(phone)
        #expect(told == [])
        try await resolve(id)
        phone.teller.isInSight = true
        try await syncAndTell(phone)
        #expect(told == [])
    }

    @Test func withoutThePermissionNothingIsShownAndOpeningTheAppTakesAwayWhatWas() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let id = try await sent(phone)
        shade._allow(.denied)
        try await resolve(id)
        try await syncAndTell(phone)
        #expect(told == [])
        shade._allow(.authorized)
        let other = try await phone.notePetition(secret).id
        try await app.settle(phone)
        try await office.run("office", "return", other, "--text", secret)
        try await syncAndTell(phone)
        #expect(told.count == 1)
        app.open(phone)
        try await app.see("Báo tình hình")
        _ = try await app.until("nothing to be told any more") { told.isEmpty ? true : nil }
    }

    @Test func whetherToTellIsAskedOnce() async throws {
        let phone = try app.phone()
        await phone.teller.ask()
        await phone.teller.ask()
        #expect(shade._questions == 1)
    }
}
