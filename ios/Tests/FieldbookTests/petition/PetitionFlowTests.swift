import FieldbookCore
import Foundation
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class PetitionFlowTests: FlowTest {
    @discardableResult
    private func head() async throws -> Graph {
        let phone = try await app.enrolled(office, OfficeRule.head)
        app.open(phone)
        return phone
    }

    private func answer(_ yes: Bool...) async throws {
        for (index, isYes) in yes.enumerated() {
            try await app.see("Bước \(index + 1) trên", substring: true)
            try await app.tap(isYes ? "Có" : "Không")
        }
    }

    private func toText() async throws {
        try await app.tap("Ghi ý kiến người dân")
        try await answer(false, false, false, false)
        try await app.tap("Ghi nội dung")
        try await app.see("Người dân nói gì?")
    }

    private func toReview() async throws {
        try await toText()
        try await app.type("Nội dung", "Xin lắp thêm đèn đường")
        try await app.tap("Tiếp tục")
        try await app.type("Họ và tên", "Nguyễn Thị Hoa")
        try await app.tap("Tiếp tục")
        try await app.see("Việc ở đâu?")
        try await app.tap("Tiếp tục")
        try await app.see("Kiểm tra lại")
    }

    private func petition(_ phone: Graph) async throws -> CaseRow {
        try await app.until("the petition") { try await phone.fieldbook.cases(.petition).first }
    }

    @Test func aProposalGoesFromHomNayToItsReceiptInTwelveTapsAtMost() async throws {
        let phone = try await head()
        try await toReview()
        try await app.tap("Lưu")
        try await app.seeNo("Kiểm tra lại")
        let petition = try await petition(phone)
        #expect(petition.petitionKind == .proposal)
        let receipt = try #require(petition.receipt)
        try await app.see(receipt)
        #expect(app.taps <= 12, "\(app.taps) taps")
    }

    @Test func withoutANetworkEverythingWorksAndWaits() async throws {
        let phone = try await head()
        app.network(.noNetwork)
        try await toReview()
        try await app.tap("Lưu")
        let petition = try await petition(phone)
        #expect(petition.receipt != nil)
        guard case .canUndo = petition.sending else { throw CommandFailed(description: "\(petition.sending)") }
    }

    @Test func aDecisionAgainstTheResidentIsAComplaintWithItsClockAndItsWay() async throws {
        try await head()
        try await app.tap("Ghi ý kiến người dân")
        try await answer(false, true)
        try await app.see("Đây là Khiếu nại")
        try await app.see("Cơ quan đã ra quyết định phải giải quyết", substring: true)
        try await app.see("10 ngày", substring: true)
        try app.back()
        try await app.see("Người dân có phản đối một quyết định", substring: true)
    }

    @Test func aDenunciationEndsInGuidanceAndOnlyThatItWasAdvisedIsKept() async throws {
        let phone = try await head()
        try await app.tap("Ghi ý kiến người dân")
        try await answer(true, false)
        try await app.see("Việc này là tố cáo, không ghi ở đây")
        try await app.tap("Đã hướng dẫn người dân")
        try await app.see("Không giữ gì khác", substring: true)
        try await app.tap("Xong")
        try await app.see("Báo tình hình")
        let advised = try await petition(phone)
        #expect(advised.petitionKind == .denunciation)
        #expect(advised.state == .advised)
        #expect(advised.receipt == nil)
        #expect(try await phone.fieldbook.drafts().isEmpty)
    }

    @Test func whatProvesToBeADenunciationLaterIsErasedToTheLastByte() async throws {
        let phone = try await head()
        try await toText()
        // Small letters in one word: an index for searching would hold them as they are.
        let (secret, name) = ("secretofaresident", "nameofaresident")
        try await app.type("Nội dung", secret)
        try await app.tap("Chọn ảnh")
        try await app.choose(picture())
        try await app.see("Ảnh 1")
        try await app.tap("Tiếp tục")
        try await app.type("Họ và tên", name)
        try await app.tap("Tiếp tục")
        try await app.see("Việc ở đâu?")
        try await app.tap("Tiếp tục")
        try await app.see("Kiểm tra lại")
        await phone.keeping.take {}
        #expect(try !app.files(of: phone, with: secret).isEmpty, "it was kept")
        #expect(try !app.files(of: phone, with: name).isEmpty, "it was kept")
        #expect(try !app.photos(phone).isEmpty, "it was kept")
        try await app.tap("Sửa: Loại")
        try await answer(true, false)
        try await app.see("Việc này là tố cáo, không ghi ở đây")
        #expect(try await phone.fieldbook.drafts().isEmpty)
        #expect(try app.files(of: phone, with: secret) == [])
        #expect(try app.files(of: phone, with: name) == [])
        #expect(try app.photos(phone) == [], "the picture is gone too")
        let again = try await app.kill()
        try await app.see("Việc này là tố cáo, không ghi ở đây")
        #expect(try app.files(of: again, with: secret) == [])
        #expect(try app.files(of: again, with: name) == [])
        #expect(try app.screen.kept.values.filter { $0.contains(secret) || $0.contains(name) } == [], "what the system keeps")
    }

    @Test func afterAKillTheVeryPageIsBackAtEachStep() async throws {
        try await head()
        try await app.tap("Ghi ý kiến người dân")
        try await answer(false, false)
        try await app.kill()
        try await app.see("Người dân có báo một việc đang xảy ra", substring: true)
        try await app.tap("Có")
        try await app.tap("Không")
        try await app.see("Đây là Phản ánh")
        try await app.kill()
        try await app.see("Đây là Phản ánh")
        try await app.tap("Ghi nội dung")
        try await app.type("Nội dung", "Nước giếng có mùi")
        try await app.kill()
        try await app.see("Đã khôi phục những gì đang ghi", substring: true)
        try await app.see("Nước giếng có mùi")
        try await app.tap("Tiếp tục")
        try await app.type("Họ và tên", "Nguyễn Thị Hoa")
        try await app.kill()
        try await app.see("Ai nói?")
        try await app.see("Nguyễn Thị Hoa")
        try await app.tap("Tiếp tục")
        try await app.type("Chỗ cụ thể", "tổ 2")
        try await app.kill()
        try await app.see("Việc ở đâu?")
        try await app.see("tổ 2")
        try await app.tap("Tiếp tục")
        try await app.see("Kiểm tra lại")
        let phone = try await app.kill()
        try await app.see("Kiểm tra lại")
        try await app.see("Nước giếng có mùi")
        try await app.tap("Lưu")
        let saved = try await petition(phone)
        #expect(saved.text == "Nước giếng có mùi")
        try await app.see("Đã lưu")
        try await app.kill()
        try await app.see("Đã lưu")
        try await app.see(try #require(saved.receipt))
    }

    @Test func anEndBetweenLuuAndTheNextPageLeadsToThatPage() async throws {
        let phone = try await head()
        try await toReview()
        await phone.keeping.take {}
        let draft = try #require(try await phone.fieldbook.drafts().first)
        _ = try await phone.fieldbook.save(draftId: draft.id)
        try await app.kill()
        try await app.see("Đã lưu")
    }

    @Test func aPictureTakenBeforeTheAppWasEndedIsAttached() async throws {
        app.outdoors.allowCamera()
        let phone = try await head()
        try await toText()
        try await app.type("Nội dung", "Nước giếng có mùi")
        try await app.tap("Chụp ảnh")
        try await app.shoot()
        try await app.kill()
        try await app.see("Ảnh 1")
        try await app.see("Nước giếng có mùi")
        #expect(try app.photos(phone).count == 1)
    }

    @Test func cameraAndGalleryOpenDuringAKillLoseNothing() async throws {
        app.outdoors.allowCamera()
        try await head()
        try await toText()
        try await app.type("Nội dung", "Nước giếng có mùi")
        try await app.tap("Chụp ảnh")
        try await app.camera()
        let phone = try await app.kill()
        try await app.see("Nước giếng có mùi")
        _ = try await app.until("the camera's empty file to go") { try app.photos(phone).isEmpty ? true : nil }
        try await app.tap("Chọn ảnh")
        try await app.kill()
        try await app.see("Nước giếng có mùi")
        try await app.tap("Chọn ảnh")
        try await app.choose(picture())
        try await app.see("Ảnh 1")
        try await app.seeNo("Ảnh 2")
    }

    @Test func theLastWordIsKeptWhenOneGoesBackAtOnce() async throws {
        let phone = try await head()
        try await toText()
        try await app.type("Nội dung", "Xin lắp thêm đèn đường")
        try app.back()
        try await app.see("Báo tình hình")
        _ = try await app.until("the last word") {
            try await phone.fieldbook.drafts().first?.text == "Xin lắp thêm đèn đường" ? true : nil
        }
    }

    @Test func whatIsMissingIsSaidBesideItsFieldAndNothingTypedIsLost() async throws {
        try await head()
        try await toText()
        try await app.tap("Tiếp tục")
        try await app.see("Cần điền chỗ này", substring: true)
        try await app.type("Nội dung", "Xin lắp thêm đèn đường")
        try await app.tap("Tiếp tục")
        try await app.see("Ai nói?")
        try await app.tap("Không ghi tên")
        try await app.tap("Tiếp tục")
        try await app.see("Việc ở đâu?")
        try app.back()
        try await app.see("Ai nói?")
        try app.back()
        try await app.type("Nội dung", "Xin lắp hai đèn đường")
        try await app.tap("Tiếp tục")
        try await app.see("Ai nói?")
        try await app.tap("Tiếp tục")
        try await app.tap("Tiếp tục")
        try await app.see("Xin lắp hai đèn đường")
        try await app.see("Không ghi tên")
    }

    @Test func whatTheOfficeRefusesIsPutRightInItsFormAndKeepsItsReceipt() async throws {
        let assigned = try await office.run("office", "assign", "--person", OfficeRule.liaison, "--unit", "AQ-AP", "--from", "2025-07-01")
        let phone = try await app.enrolled(office, OfficeRule.liaison)
        let there = try #require(try await phone.fieldbook.findHamlets(typed: "an phu").first)
        let saved = try await phone.fieldbook.notePetition("Nước giếng có mùi", in: there.id)
        try await office.run("office", "end", assigned, "--last", "2026-01-01")
        _ = try await app.until("the refusal") {
            _ = await outcome { try await phone.fieldbook.syncNow() }
            guard case .refused = try await phone.fieldbook.cases(.petition).first?.sending else { return nil as Bool? }
            return true
        }
        let draft = try await phone.fieldbook.repair(caseId: saved.id)
        app.open(phone, at: .petition(draftId: draft.id))
        try await app.see("Văn phòng trả lại mục này", substring: true)
        try await app.kill()
        try await app.see("Văn phòng trả lại mục này", substring: true)
        try await app.tap("Sửa: Nơi")
        try await app.tap("Ấp An Định")
        try await app.tap("Xong, xem lại")
        try await app.tap("Lưu")
        try await app.seeNo("Kiểm tra lại")
        let now = try #require(app.phoneInHand)
        try await app.settle(now)
        let repaired = try await now.fieldbook.cases(.petition).filter { $0.sending == .received }
        #expect(repaired.map(\.receipt) == [saved.receipt])
    }
}
