import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class CaseFlowTests: FlowTest {
    private func openPetition(_ text: String) async throws {
        try await app.tap("Sổ")
        try await app.tap("Ý kiến, kiến nghị")
        try await app.tap(text)
    }

    @Test func theOfficesAnswerArrivesAndTheHeadMarksThatTheResidentHasIt() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let receipt = try #require(try await phone.fieldbook.petition("Xin lắp thêm đèn đường").receipt)
        try await app.settle(phone)
        try await office.run("office", "receive", receipt)
        try await office.run("office", "resolve", receipt, "--text", "Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        app.open(phone)
        try await app.tap("Gửi ngay")
        try await app.see("Có kết quả, cần báo lại người dân")
        try await app.tap("Xin lắp thêm đèn đường")
        try await app.see("Có kết quả rồi. Cần báo lại người dân.")
        try await app.tap("Đã trả lời người dân")
        try await app.see("Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        try await app.tap("Gọi điện")
        try await app.tap("Lùi một ngày")
        try await app.see("hôm qua")
        let again = try await app.kill()
        try await app.see("hôm qua")
        try await app.tap("Lưu")
        try await app.see("Đã trả lời người dân: Gọi điện", substring: true)
        #expect(try await again.fieldbook.petitions().map(\.state) == [.answered])
    }

    @Test func aNoteAndACorrectionStandInTheHistory() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let id = try await phone.fieldbook.petition("Nước giếng có mùi").id
        app.open(phone)
        try await openPetition("Nước giếng có mùi")
        try await app.see("Đã ghi, chờ văn phòng tiếp nhận.")
        try await app.tap("Ghi thêm")
        try await app.tap("Lưu")
        try await app.see("Cần điền chỗ này", substring: true)
        try await app.type("Nội dung", "Đã báo trạm y tế")
        try await app.tap("Lưu")
        try await app.see("Đã báo trạm y tế", substring: true)
        try await app.tap("Đính chính")
        try await app.type("Nội dung", "Nước giếng có mùi dầu")
        try await app.tap("Lưu")
        try await app.see("Đã đính chính", substring: true)
        #expect(try await phone.fieldbook.case(id: id).text == "Nước giếng có mùi dầu")
        #expect(try app.screen.kept["case_doing"]?.isEmpty != false, "what was typed stays behind")
    }

    @Test func onlyWhoWroteItDownSeesTheWholeName() async throws {
        let head = try await app.enrolled(office, OfficeRule.head)
        let liaison = try await app.enrolled(office, OfficeRule.liaison)
        _ = try await head.fieldbook.petition("Nước giếng có mùi")
        try await app.settle(head)
        try await app.settle(liaison)
        app.open(liaison)
        try await openPetition("Nước giếng có mùi")
        try await app.see("Nguyễn T. H.")
        try await app.see("Tên đầy đủ chỉ người ghi và văn phòng thấy.")
        try await app.seeNo("Nguyễn Thị Hoa")
    }
}
