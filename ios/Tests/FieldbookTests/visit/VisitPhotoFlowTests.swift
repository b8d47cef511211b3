import FieldbookCore
import Foundation
import Testing

@testable import FieldbookKit

@MainActor
final class VisitPhotoFlowTests: FlowTest {
    private func toPhotos() async throws {
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.tap("Ấp An Định")
        try await app.tap("Không bắt được vị trí")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.see("Ảnh và nhận xét chung")
    }

    @Test func aPictureTakenBeforeTheAppWasEndedIsAttached() async throws {
        app.outdoors.allowCamera()
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.tap("Chụp ảnh")
        try await app.shoot()
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.see("Ảnh 1")
    }

    @Test func aPictureNotTakenIsNothingAlsoWhenTheAppWasEnded() async throws {
        app.outdoors.allowCamera()
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.tap("Chụp ảnh")
        try await app.putCameraAway()
        try await app.see("Ảnh và nhận xét chung")
        try await app.tap("Chụp ảnh")
        try await app.camera()
        let phone = try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.tap("Kiểm tra lại")
        try await app.see("Làm việc với ai?")
        try await app.seeNo("1 ảnh")
        #expect(try app.photos(phone) == [])
    }

    @Test func severalFromTheGalleryAndRemovalWithTheWayBack() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.tap("Chọn ảnh")
        try await app.choose(picture(), picture(width: 40))
        try await app.see("Ảnh 2")
        try await app.tap("Bỏ ảnh 1")
        try await app.see("Đã bỏ")
        try await app.tap("Hoàn tác")
        try await app.see("Ảnh 2")
    }

    @Test func theGalleryOpenDuringAKillLosesNothing() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.type("Nhận xét chung", "Bà con phấn khởi")
        try await app.tap("Chọn ảnh")
        try await app.kill()
        try await app.see("Bà con phấn khởi")
        try await app.tap("Chọn ảnh")
        try await app.choose(picture())
        try await app.see("Ảnh 1")
    }

    @Test func whatIsNoPictureIsSaidAndNotAttached() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.tap("Chọn ảnh")
        try await app.choose(Data("%PDF-1.7".utf8))
        try await app.see("Tệp này không phải ảnh")
        try await app.tap("Chọn ảnh")
        try await app.choose(nil)
        try await app.see("Tệp này không phải ảnh")
        try await app.seeNo("Ảnh 1")
    }

    @Test func withoutTheRightToTheCameraTheGalleryOpens() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await toPhotos()
        try await app.tap("Chụp ảnh")
        try await app.choose(picture())
        try await app.see("Ảnh 1")
    }
}
