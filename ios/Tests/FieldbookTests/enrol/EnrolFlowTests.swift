import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class EnrolFlowTests: FlowTest {
    private func lookUp(_ person: String) async throws {
        try await app.type("Địa chỉ", office.url)
        try await app.type("Mười số", office.digits(person))
        try await app.tap("Tiếp tục")
        try await app.see(person)
    }

    @Test func tenDigitsLeadToHomNay() async throws {
        app.open(try app.phone())
        try await lookUp(OfficeRule.liaison)
        try await app.see("đảng ủy viên phụ trách", substring: true)
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.tap("Không cần mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
        #expect(app.taps == 4)
    }

    @Test func aPinIsKeptAndShortOnesAreNot() async throws {
        let phone = try app.phone()
        app.open(phone)
        try await lookUp(OfficeRule.head)
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.see("Đặt mã PIN khóa màn hình")
        try await app.type("Mã PIN", "12")
        try await app.tap("Đặt mã PIN")
        try await app.see("Cần ít nhất 4 số", substring: true)
        try await app.type("Mã PIN", "12a34")
        try await app.seeNo("Cần ít nhất 4 số")
        try await app.tap("Đặt mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Báo tình hình")
        try await app.kill()
        try await app.type("Mã PIN", "1235")
        try await app.tap("Mở")
        try await app.see("Mã PIN không đúng", substring: true)
        try await app.type("Mã PIN", "1234")
        try await app.tap("Mở")
        try await app.see("Báo tình hình")
    }

    @Test func aForgottenPinGivesWayToThePhonesOwnLock() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        try phone.choices.setPin("4321")
        app.outdoors.phoneLock(opens: false)
        app.open(phone)
        try await app.tap("Quên mã: dùng khóa điện thoại")
        try await app.see("Mã PIN")
        app.outdoors.phoneLock(opens: true)
        try await app.tap("Quên mã: dùng khóa điện thoại")
        try await app.see("Báo tình hình")
        #expect(!phone.choices.hasPin)
    }

    @Test func aWrongCodeSaysWhatToDoAndKeepsWhatWasTyped() async throws {
        app.open(try app.phone())
        try await app.type("Địa chỉ", office.url)
        try await app.type("Mười số", "0000000000")
        try await app.tap("Tiếp tục")
        try await app.see("Mã không đúng, đã dùng hoặc hết hạn", substring: true)
        try await app.kill()
        try await app.see("0000000000")
    }

    @Test func anUnreachableOfficeSaysSoAndTheSameCodeWorksLater() async throws {
        app.open(try app.phone())
        let address = office.url
        let digits = try await office.digits(OfficeRule.head)
        await office.stop()
        try await app.type("Địa chỉ", address)
        try await app.type("Mười số", digits)
        try await app.tap("Tiếp tục")
        try await app.see("Chưa tới được văn phòng", substring: true)
        try await office.start()
        try await app.tap("Tiếp tục")
        try await app.see(OfficeRule.head)
    }

    @Test func afterTheCodeWasUsedARestartGoesOnWhereItWas() async throws {
        let phone = try app.phone()
        app.open(phone)
        try await lookUp(OfficeRule.head)
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.see("Đặt mã PIN khóa màn hình")
        try await app.kill()
        try await app.tap("Không cần mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Báo tình hình")
    }
}
