import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
final class ProblemFlowTests: FlowTest {
    @Test func aHeadIsAskedOneThingAtATimeAndNothingIsLostByKills() async throws {
        app.open(try await app.enrolled(office, OfficeRule.head))
        try await app.tap("Báo tình hình")
        try await app.tap("Có việc cần báo")
        try await app.see("Khó khăn ở đâu?")
        try await app.see("Đã chọn", substring: true)
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.tap("Tiếp tục")
        try await app.see("Khó khăn gì?")
        try await app.tap("Tiếp tục")
        try await app.see("Khó khăn gì: Cần điền chỗ này")
        try await app.type("Khó khăn gì", "Đèn đường tắt")
        try await app.kill()
        try await app.see("Đèn đường tắt")
        try await app.tap("Tiếp tục")
        try await app.tap("Đề xuất lên trên")
        try await app.kill()
        try await app.see("Xã, phường, đặc khu")
        try await app.tap("Kiểm tra lại")
        let phone = try await app.kill()
        try await app.see("Đèn đường tắt")
        try await app.tap("Lưu")
        let saved = try await app.until("the problem") { try await phone.fieldbook.pages(of: .problem).first }
        #expect(saved.problem?.toLevel == .commune)
        #expect(saved.text == "Đèn đường tắt")
    }

    @Test func aLiaisonHasItOnOnePage() async throws {
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        app.open(phone)
        try await app.tap("Ghi khó khăn, vướng mắc")
        try await app.tap("Ấp An Hòa")
        try await app.type("Khó khăn gì", "Đèn đường tắt")
        try await app.type("Ở chỗ nào trong địa bàn", "Ngã ba")
        try await app.tap("Giải quyết tại chỗ")
        try await app.tap("Kiểm tra lại")
        try await app.see("Ngã ba", substring: true)
        try await app.tap("Lưu")
        let saved = try await app.until("the problem") { try await phone.fieldbook.pages(of: .problem).first }
        #expect(saved.problem?.handling == .onTheSpot)
    }

    @Test func anEndBetweenLuuAndTheNextPageLeadsToThatPage() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let book = phone.fieldbook
        let hamlet = try #require(try await book.hamlets().first { $0.own })
        let draft = try await book.startDraft(draft: NewDraft(kind: .problem, hamletId: hamlet.id, sinceBoot: nil, later: false))
        var entry = ProblemEntry.empty
        entry.hamletId = hamlet.id
        entry.text = "Đèn đường tắt"
        entry.handling = .onTheSpot
        try await book.keepDraft(id: draft.id, step: "check", entry: .problem(entry: entry), postId: draft.posts.first?.id)
        _ = try await book.save(draftId: draft.id)
        app.open(phone, at: .problem(draftId: draft.id))
        try await app.see("Đã lưu")
    }
}
