import FieldbookCore
import Foundation
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class VisitFlowTests: FlowTest {
    private func begin() async throws {
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.tap("Ấp An Định")
        try await app.see("Ở đâu, với ai")
    }

    /// Two promises for this month, so that the next visit asks about them.
    private func promised(_ phone: Graph) async throws {
        let book = phone.fieldbook
        let hamlet = try #require(try await book.hamlets().first { $0.name == "Ấp An Định" })
        let draft = try await book.startDraft(draft: NewDraft(kind: .visit, hamletId: hamlet.id, sinceBoot: nil, later: true))
        guard case .visit(var entry) = draft.entry else { throw HostError.cannot("no visit") }
        let today = try await book.choices(draftId: draft.id).today
        entry.placeReason = "Ghi lại"
        entry.promises = ["Sửa cống số 3", "Mời điện lực"].map {
            PromiseEntry(text: $0, month: CalendarMonth(year: today.year, month: today.month))
        }
        try await book.keepDraft(id: draft.id, step: "check", entry: .visit(entry: entry), postId: nil)
        _ = try await book.save(draftId: draft.id)
    }

    @Test func aWholeVisitFromHomNayToDaLuu() async throws {
        app.outdoors.allowPosition()
        app.outdoors.allowCamera()
        app.outdoors.stand(latitude: 10, longitude: 106.4)
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        try await promised(phone)
        app.open(phone)
        try await begin()
        #expect(app.taps == 2, "taps to start")
        try await app.see("Sai số khoảng 12 m")
        try await app.tap("Trưởng ấp, thôn, khu phố")
        try await app.tap("Tiếp tục")
        try await app.see("Tình hình")
        try await app.tap("Làm được", 0)
        try await app.tap("Chưa được", 1)
        try await app.tap("Đã xong", 0)
        try await app.tap("Chưa xong", 1)
        try await app.tap("Tiếp tục")
        try await app.tap("Thêm khó khăn")
        try await app.type("Khó khăn gì", "Đường liên ấp ngập")
        try await app.tap("Đề xuất lên trên")
        try await app.tap("Chụp ảnh", 0)
        app.taps += 2  // the shutter, and "use this picture"
        try await app.shoot()
        try await app.see("Ảnh 1")
        try await app.tap("Kiểm tra lại")
        try await app.see("Đường liên ấp ngập", substring: true)
        try await app.tap("Lưu")
        try await app.see("Đã lưu")
        #expect(app.taps <= 14 + OfficeRule.topics.count, "\(app.taps) taps, \(OfficeRule.topics.count) of them for topics")
        try await app.see("Mã của từng khó khăn")
        try await app.see("Hoàn tác")

        let visit = try #require(try await phone.fieldbook.pages(of: .visit).compactMap(\.visit).first { $0.evidence != .noEvidence })
        #expect(visit.evidence == .gpsUnknown)
        try await app.tap("Xong")
        try await app.see("Bắt đầu nắm tình hình")
    }

    @Test func undoBringsTheFormBackAsItWas() async throws {
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        app.open(phone)
        try await begin()
        try await app.tap("Không bắt được vị trí")
        try await app.tap("Hộ dân")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.type("Nhận xét chung", "Bà con phấn khởi")
        try await app.tap("Kiểm tra lại")
        try await app.tap("Lưu")
        try await app.see("Đã lưu")
        try await app.tap("Hoàn tác")
        try await app.see("Đã khôi phục", substring: true)
        try await app.see("Bà con phấn khởi", substring: true)
        #expect(try await phone.fieldbook.cases(.visit).isEmpty)
    }

    @Test func aMissingReasonIsSaidOnTopAndBesideTheFieldInTheSameWords() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await begin()
        try await app.tap("Tiếp tục")
        let words = "Vì sao không có vị trí tại địa bàn: Cần điền chỗ này"
        try await app.see(words)
        #expect(try app.screen.all.filter { $0.kind == .text && $0.label == words }.count == 2)
        try await app.type("Vì sao không có vị trí tại địa bàn", "Trời mưa to")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try app.back()
        try await app.see("Trời mưa to")
    }

    @Test func aProblemWithoutWordsIsSaidOnItsPage() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await begin()
        try await app.tap("Không bắt được vị trí")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.tap("Thêm khó khăn")
        try await app.tap("Kiểm tra lại")
        try await app.see("Khó khăn gì: Cần điền chỗ này")
        try await app.tap("Bỏ khó khăn 1")
        try await app.see("Đã bỏ")
        try await app.tap("Hoàn tác")
        try await app.type("Khó khăn gì", "Mất điện")
        try await app.tap("Kiểm tra lại")
        try await app.see("Xử lý thế nào: Cần điền chỗ này")
        try await app.tap("Giải quyết tại chỗ")
        try await app.tap("Kiểm tra lại")
        try await app.see("Mất điện · Giải quyết tại chỗ")
        try await app.tap("Sửa: Làm việc với ai?")
        try await app.tap("Công an, dân quân")
        try await app.tap("Xong, xem lại")
        try await app.see("Công an, dân quân")
    }

    @Test func whatIsShownIsBackAfterAKillOnEachPage() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.see("Xuống địa bàn nào?")
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.tap("Ấp An Định")
        try await app.type("Vì sao không có vị trí tại địa bàn", "Trời mưa to")
        try await app.tap("Hộ dân")
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.see("Ở đâu, với ai")
        try await app.see("Trời mưa to")
        try await app.tap("Tiếp tục")
        try await app.tap("Chưa được", 1)
        try await app.tap("Nhận xét, ảnh", 1)
        try await app.type("Nhận xét", "Còn 12 hộ")
        try await app.kill()
        try await app.see("Nội dung trọng tâm")
        try await app.see("Còn 12 hộ")
        #expect(try app.screen.all.contains { $0.label == "Chưa được" && $0.traits.contains(.isSelected) })
        try await app.tap("Tiếp tục")
        try await app.tap("Thêm khó khăn")
        try await app.type("Khó khăn gì", "Mất điện")
        try await app.tap("Giải quyết tại chỗ")
        try await app.kill()
        try await app.see("Khó khăn và đề xuất")
        try await app.see("Mất điện")
        try await app.tap("Thêm đề xuất cho tháng")
        try await app.type("Đề xuất 1", "Mời điện lực")
        try await app.tap("Kiểm tra lại")
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.see("Trời mưa to", substring: true)
        try await app.see("Mất điện · Giải quyết tại chỗ")
        try await app.see("Mời điện lực")
        try await app.tap("Lưu")
        try await app.see("Đã lưu")
        let phone = try await app.kill()
        try await app.see("Đã lưu")
        #expect(try await phone.fieldbook.cases(.visit).count == 1)
    }

    @Test func aFormThatIsLeftIsAmongTheUnfinishedOnes() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await begin()
        try await app.type("Người khác cùng làm việc", "Ban quản lý chợ")
        try app.back()
        try await app.see("Xuống địa bàn nào?")
        try app.back()
        try await app.tap("Lượt xuống địa bàn")
        try await app.see("Xuống địa bàn nào?")
        try await app.tap("Tiếp tục")
        try await app.see("Ban quản lý chợ")
    }

    @Test func aPastVisitAsksForTheDayAndTheReasonOnly() async throws {
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        app.open(phone)
        try await app.tap("Ghi lượt đã đi")
        try await app.tap("Ấp An Thạnh")
        try await app.see("Xuống ngày nào?")
        try await app.seeNo("Lấy vị trí")
        let day = try await phone.fieldbook.today().day.plus(days: -3)
        try await app.tap(day.plainWords)
        try await app.tap("Ghi lại sau khi về")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.tap("Kiểm tra lại")
        try await app.tap("Lưu")
        let visit = try await app.until("the visit") { try await phone.fieldbook.pages(of: .visit).first?.visit }
        #expect(visit.evidence == .noEvidence)
        #expect(visit.placeReason == "Ghi lại sau khi về")
        #expect(visit.day == day)
    }

    @Test func withoutASatelliteTheReasonIsAskedAfterAWhile() async throws {
        app.outdoors.allowPosition()
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await begin()
        try await app.see("Đang lấy vị trí", substring: true)
        app.outdoors.wait()
        try await app.see("Chưa bắt được vị trí", substring: true)
        app.outdoors.stand(latitude: 10, longitude: 106.4, isMock: true)
        try await app.tap("Lấy vị trí")
        try await app.see("Vị trí do ứng dụng khác đặt")
        try await app.tap("Bỏ vị trí")
        try await app.see("Không có vị trí")
    }

    @Test func thePersonIsAskedForThePositionOnlyByAButton() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await begin()
        try await app.tap("Lấy vị trí")
        try await app.see("Máy chưa cho phép lấy vị trí", substring: true)
    }

    @Test func withoutANetworkItIsSafeHereAndGoesLater() async throws {
        app.network(.noNetwork)
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        app.open(phone)
        try await begin()
        try await app.tap("Không bắt được vị trí")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.tap("Kiểm tra lại")
        try await app.tap("Lưu")
        try await app.see("Chưa có mạng: tự gửi khi có mạng.")
        try await app.see("Đã nằm an toàn trên máy này.")
    }

    @Test func aPlaceOfAnotherCommuneIsFoundWithoutMarks() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.type("Tìm nơi khác", "an phu")
        try await app.see("Ấp An Phú", substring: true)
        try await app.type("Tìm nơi khác", "không có")
        try await app.see("Không thấy nơi nào có tên này", substring: true)
    }
}
