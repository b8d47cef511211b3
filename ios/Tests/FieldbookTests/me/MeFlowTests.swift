import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class MeFlowTests: FlowTest {
    private func me() async throws -> Graph {
        let phone = try await app.enrolled(office, OfficeRule.head)
        app.open(phone)
        try await app.tap("Tôi")
        try await app.see(OfficeRule.head)
        return phone
    }

    private func isChosen(_ words: String) throws -> Bool {
        try app.screen.first(words, .button)?.traits.contains(.isSelected) == true
    }

    @Test func headsHaveLargeWordsUntilTheyChooseOthers() async throws {
        let phone = try await me()
        #expect(try isChosen("Lớn"))
        try await app.tap("Rất lớn")
        _ = try await app.until("the largest words") { phone.choices.textSize == .largest ? true : nil }
        #expect(try isChosen("Rất lớn"))
        try await app.kill()
        try await app.see(OfficeRule.head)
        #expect(try isChosen("Rất lớn"))
    }

    @Test func theChosenSizeReachesThePages() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison), at: .me)
        let pinned = { [app] in try app.screen.outline.components(separatedBy: "────").last ?? "" }
        try await app.tap("Rất lớn")
        try app.back()
        try await app.see("Bắt đầu nắm tình hình")
        _ = try await app.until("one pinned action only") { try pinned().contains("[Ghi lượt đã đi]") ? nil : true }
        try await app.see("Ghi lượt đã đi")
        try await app.tap("Tôi")
        try await app.tap("Thường")
        try app.back()
        _ = try await app.until("both to be pinned") { try pinned().contains("[Ghi lượt đã đi]") ? true : nil }
    }

    @Test func aPinIsSetAndRemoved() async throws {
        let phone = try await me()
        try await app.tap("Đặt mã PIN")
        try await app.type("Mã PIN", "4321")
        try await app.tap("Đặt mã PIN")
        try await app.see("Đổi mã PIN")
        #expect(phone.choices.isPin("4321"))
        try await app.tap("Bỏ mã PIN")
        try await app.see("Đặt mã PIN")
        #expect(!phone.choices.hasPin)
    }

    @Test func practiceLeavesNothingBehind() async throws {
        let phone = try await me()
        try await app.tap("Bật tập thử")
        _ = try await app.until("practice to begin") { try await phone.fieldbook.status().practice ? true : nil }
        _ = try await phone.fieldbook.petition("Tập thử")
        try app.back()
        try await app.see("Đang tập thử: không có gì gửi đi.")
        try await app.tap("Tôi")
        try await app.tap("Bật tập thử")
        _ = try await app.until("practice to end") { try await phone.fieldbook.status().practice ? nil : true }
        #expect(try await phone.fieldbook.petitions() == [])
    }

    @Test func signingOutSendsEverythingFirstAndDeletesNothingUnsent() async throws {
        let phone = try await me()
        let receipt = try #require(try await phone.fieldbook.petition("Xin lắp thêm đèn đường").receipt)
        app.network(.noNetwork)
        _ = try await app.until("no network") { try await phone.fieldbook.status().traffic.network == .noNetwork ? true : nil }
        try await app.tap("Gửi hết và đăng xuất")
        try await app.tap("Gửi hết rồi xóa khỏi máy")
        try await app.see("Chưa xóa gì", substring: true)
        #expect(try await phone.fieldbook.petitions().count == 1)
        app.network(.unmetered)
        try await app.settle(phone)
        try await app.tap("Gửi hết rồi xóa khỏi máy")
        try await app.see("Nhập mã của văn phòng")
        #expect(try await phone.fieldbook.status().standing == .notEnrolled)
        #expect(try await office.run("office", "list").contains(receipt))
    }
}
