import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class TodayFlowTests: FlowTest {
    @Test func aLiaisonSeesTheAssignedHamletsAndAHeadTheTwoTiles() async throws {
        let liaison = try await app.enrolled(office, OfficeRule.liaison)
        let head = try await app.enrolled(office, OfficeRule.head)
        app.open(liaison)
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
        for hamlet in ["Ấp An Định", "Ấp An Thạnh", "Ấp An Hòa"] { try await app.see(hamlet, substring: true) }
        try await app.see("Bắt đầu nắm tình hình")

        app.open(head)
        try await app.see("Ghi ý kiến người dân")
        try await app.see("Báo tình hình")
        try await app.seeNo("Bắt đầu nắm tình hình")
    }

    @Test func everyActionLeadsWhereItSays() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await leads("Bắt đầu nắm tình hình", to: "Xuống địa bàn nào?")
        try await leads("Ghi lượt đã đi", to: "Xuống địa bàn nào?")
        try await leads("Ghi ý kiến người dân", to: "Bước 1 trên")
        try await leads("Ghi khó khăn, vướng mắc", to: "Khó khăn ở đâu?")
        try await leads("Ấp An Định", to: "Người phụ trách")
        try await leads("Tôi", to: "Cỡ chữ")

        app.open(try await app.enrolled(office, OfficeRule.head))
        try await leads("Ghi ý kiến người dân", to: "Bước 1 trên")
        try await leads("Báo tình hình", to: "Không phát sinh")
    }

    private func leads(_ word: String, to words: String) async throws {
        try await app.tap(word)
        try await app.see(words, substring: true)
        try app.back()
        try await app.see(word)
    }

    @Test func withoutANetworkTheStripSaysSoAndSendNowSaysWhatToDo() async throws {
        app.network(.noNetwork)
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await app.see("Chưa có mạng")
        try await app.tap("Gửi ngay")
        try await app.see("Chưa tới được văn phòng", substring: true)
        app.network(.unmetered)
        try await app.see("Có Wi-Fi")
    }

    @Test func whatTheOfficeAssignsArrivesBySendNow() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
        try await office.run("office", "assign", "--person", OfficeRule.liaison, "--unit", "AQ-AP", "--from", "2025-07-01")
        try await app.tap("Gửi ngay")
        try await app.see("Tháng này đã xuống 0 trên 4 nơi")
        try await app.kill()
        try await app.see("Tháng này đã xuống 0 trên 4 nơi")
    }

    @Test func whatCouldNotBeOpenedIsTriedAgainWithOneTap() async throws {
        let (phone, core) = try await app.ended(try await app.enrolled(office, OfficeRule.liaison), load: FullPhone.init(config:keys:))
        core.room = .none
        app.open(phone)
        try await app.see("Máy đã hết chỗ", substring: true)
        core.room = .enough
        try await app.tap("Thử lại")
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
        core.room = .none
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.see("Máy đã hết chỗ", substring: true)
        core.room = .enough
        try await app.tap("Thử lại")
        try await app.see("Xuống địa bàn nào?")
    }

    @Test func tryingAgainKeepsTheDraftThatWasBegun() async throws {
        let (phone, core) = try await app.ended(try await app.enrolled(office, OfficeRule.liaison), load: FullPhone.init(config:keys:))
        app.open(phone)
        core.room = .forOneDraft
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.see("Máy đã hết chỗ", substring: true)
        core.room = .enough
        try await app.tap("Thử lại")
        try await app.see("Xuống địa bàn nào?")
        #expect(try await core.drafts().count == 1)
    }

    @Test func aPetitionThatCouldNotBeOpenedIsTriedAgain() async throws {
        let (phone, core) = try await app.ended(try await app.enrolled(office, OfficeRule.head), load: FullPhone.init(config:keys:))
        let draft = try await core.startDraft(draft: NewDraft(kind: .petition, hamletId: nil, sinceBoot: nil, later: false))
        core.room = .none
        app.open(phone, at: .petition(draftId: draft.id))
        try await app.see("Máy đã hết chỗ", substring: true)
        core.room = .enough
        try await app.tap("Thử lại")
        try await app.see("Kiểm tra lại")
    }
}
