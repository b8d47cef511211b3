import FieldbookCore
import Foundation
import Security
import Testing

@testable import FieldbookKit

@MainActor
final class NotebookKeyTests: FlowTest {
    private func service(_ phone: Graph) throws -> String { try "vn.sodiaban.fieldbook." + app.home(phone).lastPathComponent }

    @Test func theKeyStaysOnThisPhoneAndIsThereAfterTheFirstUnlock() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        try phone.choices.setPin("1234")
        let kept = try _accessibility(ofService: service(phone))
        #expect(kept == Array(repeating: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly, count: 2))
    }

    @Test func aLostKeyAsksForANewCodeAndLosesNothingThatWasWritten() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        _ = try await phone.notePetition("Cầu ván mục")
        app.open(phone)
        try await app.see("Báo tình hình")
        try Keychain(service: service(phone)).deleteAll()
        let again = try await app.kill()
        try await app.tap("Nhập mã mới của văn phòng")
        try await app.see("Nhập mã của văn phòng")
        #expect(try await again.fieldbook.status().traffic.recordsWaiting == 1)
    }

    @Test func whatTheKeychainKeptOfADeletedAppIsNotBelieved() async throws {
        let phone = try app.phone()
        try phone.choices.setPin("1234")
        let again = try app.start(app.home(phone).lastPathComponent)
        #expect(!again.choices.hasPin)
    }
}
