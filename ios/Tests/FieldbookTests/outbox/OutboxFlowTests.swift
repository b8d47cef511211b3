import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
final class OutboxFlowTests: FlowTest {
    @Test func whatTheOfficeSendsBackStandsOnTopWithItsReasonAndIsCompletedThere() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let receipt = try #require(try await phone.fieldbook.petition("Nước giếng có mùi").receipt)
        try await app.settle(phone)
        try await office.run("office", "return", receipt, "--text", "Đề nghị ghi rõ giếng nào")
        app.open(phone)
        try await app.tap("Gửi – nhận")
        try await app.tap("Gửi ngay")
        try await app.see("Cần xử lý")
        try await app.see("Đề nghị ghi rõ giếng nào", substring: true)
        try await app.tap("Mở ra bổ sung")
        try await app.tap("Bổ sung và gửi lại")
        try await app.see("Đề nghị ghi rõ giếng nào", substring: true)
        let again = try await app.kill()
        try await app.see("Đề nghị ghi rõ giếng nào", substring: true)
        try await app.type("Chỗ cụ thể", "giếng nhà số 14, tổ 2")
        try await app.tap("Bổ sung và gửi lại")
        // The form shows the same words until it is saved.
        _ = try await app.until("the completion") { try await again.fieldbook.petitions().first { $0.state == .recorded } }
        try await app.settle(again)
        let shown = try await office.run("office", "show", receipt, "--json")
        #expect(shown.contains("số 14"))
        #expect(shown.contains("recorded"))
    }

    @Test func whatTheOfficeRefusesIsPutRightInItsFormAndKeepsItsReceipt() async throws {
        let assigned = try await office.run("office", "assign", "--person", OfficeRule.liaison, "--unit", "AQ-AP", "--from", "2025-07-01")
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        let there = try #require(try await phone.fieldbook.findHamlets(typed: "an phu").first)
        let receipt = try await phone.fieldbook.petition("Nước giếng có mùi", hamletId: there.id).receipt
        try await office.run("office", "end", assigned, "--last", "2026-01-01")
        app.open(phone)
        try await app.settle(phone)
        try await app.tap("Gửi – nhận")
        try await app.see("Trả lại")
        try await app.see("Lúc ghi, chức danh đã hết hạn", substring: true)
        try await app.tap("Sửa và gửi lại")
        try await app.see("Văn phòng trả lại mục này", substring: true)
        try await app.tap("Sửa: Nơi")
        try await app.tap("Ấp An Định")
        try await app.tap("Xong, xem lại")
        try await app.tap("Lưu")
        try await app.seeNo("Kiểm tra lại")
        try await app.settle(phone)
        let repaired = try await phone.fieldbook.petitions().filter { $0.sending == .received }
        #expect(repaired.map(\.receipt) == [receipt])
    }

    @Test func withoutANetworkSendNowSaysSoAndWhatGoesOverMobileDataIsChosen() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        _ = try await phone.fieldbook.petition("Xin lắp thêm đèn đường")
        app.network(.noNetwork)
        app.open(phone)
        try await app.tap("Gửi – nhận")
        try await app.see("Chưa có mạng")
        try await app.see("Xin lắp thêm đèn đường")
        try await app.tap("Gửi ngay")
        try await app.see("Chưa tới được văn phòng", substring: true)
        try await app.tap("Gửi cả ảnh")
        _ = try await app.until("the choice to be kept") {
            try await phone.fieldbook.outbox().traffic.photoPolicy == .everything ? true : nil
        }
        app.network(.unmetered)
        try await app.tap("Gửi ngay")
        _ = try await app.until("it to arrive") { try await phone.fieldbook.petitions().first?.sending == .received ? true : nil }
        #expect(try await phone.fieldbook.petitions().map(\.state) == [.recorded])
    }
}
