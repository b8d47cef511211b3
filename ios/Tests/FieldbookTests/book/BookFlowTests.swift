import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class BookFlowTests: FlowTest {
    private func search(_ words: String) async throws { try await app.type("Tìm", words) }

    private func openPetitions() async throws {
        try await app.tap("Sổ")
        try await app.tap("Ý kiến, kiến nghị")
    }

    @Test func wordsWithoutMarksFindEverySpellingAndWithMarksOnlyTheirOwn() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        _ = try await phone.fieldbook.petition("Xin lắp thêm đèn đường")
        _ = try await phone.fieldbook.petition("Xin đắp lại bờ mương")
        let receipt = try #require(try await phone.fieldbook.petition("Mất dây điện").receipt)
        app.open(phone)
        try await openPetitions()
        try await app.see("Xin lắp thêm đèn đường")
        try await search("den duong")
        try await app.seeNo("Xin đắp lại bờ mương")
        try await app.see("Xin lắp thêm đèn đường")
        try await search("đèn")
        try await app.see("Xin lắp thêm đèn đường")
        try await search("đen")
        try await app.see("Không tìm thấy", substring: true)
        try await search(receipt.lowercased().replacing("-", with: " "))
        try await app.see("Mất dây điện")
        try await search("")
        try await app.see("Xin đắp lại bờ mương")
    }

    @Test func theEndOfAPageInSightBringsTheNextAndNoMore() async throws {
        let many = 120
        let phone = try await app.enrolled(office, OfficeRule.head)
        for number in 1...many { _ = try await phone.fieldbook.petition("Ý kiến số \(number)") }
        let book = BookModel(phone.fieldbook, asked: BookFilter(kind: .petition))
        let following = Task { await book.follow() }
        defer { following.cancel() }
        _ = try await app.until("the first page") { book.state.isReading ? nil : true }
        #expect(book.state.rows.count == 50)

        app.open(phone)
        try app.screen.environment._scrolled = 30
        try await openPetitions()
        try await app.see("Ý kiến số \(many)")
        try await app.seeNo("Ý kiến số \(many - 40)")
        for number in [many - 40, many - 85, 1] {
            try app.screen.environment._scrolled = many - number + 1
            try await app.see("Ý kiến số \(number)")
        }
    }

    @Test func whatComesWhileTheNextPageIsReadStopsNothing() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        for number in 1...60 { _ = try await phone.fieldbook.petition("Ý kiến số \(number)") }
        let book = BookModel(phone.fieldbook, asked: BookFilter(kind: .petition))
        let following = Task { await book.follow() }
        defer { following.cancel() }
        _ = try await app.until("the first page") { book.state.isReading ? nil : true }
        book.more()
        _ = try await phone.fieldbook.petition("Ý kiến mới")
        _ = try await app.until("everything to be read") { book.state.rows.count == 61 ? true : nil }
    }

    @Test func filtersAreThereAgainAfterAKillAndTheWordsAreNot() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        _ = try await phone.fieldbook.petition("Xin lắp thêm đèn đường")
        app.open(phone)
        try await openPetitions()
        try await app.tap("Tự ghi")
        try await search("bờ mương")
        try await app.see("Không tìm thấy", substring: true)
        try await app.kill()
        try await app.see("Xin lắp thêm đèn đường")
        #expect(try app.screen.first("Tự ghi", .toggle)?.value == "1")
    }
}
