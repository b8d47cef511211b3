import FieldbookCore
import Foundation
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

/// A photo cut on the way says how far it is, also after a kill, and goes on from there.
@MainActor
final class PhotoResumeFlowTests: FlowTest {
    /// All that goes beside the rest of the photo.
    private static let heads: Int64 = 6_000

    @Test func whatTheOfficeHasIsShownAndNotSentAgain() async throws {
        let line = try BadLine(to: office.url)
        let phone = try await app.enrolled(office, OfficeRule.head, server: line.url)
        let file = try app.home(phone).appending(path: "picture.png")
        try leaves().write(to: file)
        _ = try await phone.notePetition("Cống số 3 bị sạt", photo: file.path)
        line.rest = .weak
        app.open(phone)
        try await app.tap("Gửi – nhận")
        try await app.tap("Gửi ngay")
        try await app.see("Ảnh 1: đã gửi", substring: true)

        line.rest = .loseRequest
        let again = try await app.kill()
        try await app.see("Đã gửi chữ, ảnh 0/1")
        try await app.see("Ảnh 1: đã gửi", substring: true)
        let (sent, bytes) = try await app.until("how far it is") { try await progress(again) }
        #expect((Self.heads + 1..<bytes).contains(sent), "\(sent) of \(bytes)")

        line.rest = .pass
        line.carried = 0
        try await app.tap("Gửi ngay")
        _ = try await app.until("it to arrive") { try await again.fieldbook.petitions().first { $0.sending == .received } }
        try await app.screen.wait(until: "the photo is on its way no more") { !$0.has("Ảnh 1: đã gửi", substring: true) }
        #expect((1...bytes - sent + Self.heads).contains(Int64(line.carried)), "\(line.carried) after \(sent) of \(bytes)")
        #expect(try await again.fieldbook.petitions().map(\.photos) == [1])
    }

    /// How much of the photo the phone knows to be at the office, and how much there is.
    private func progress(_ phone: Graph) async throws -> (Int64, Int64)? {
        let photo = try await phone.fieldbook.outbox().photos.first?.photo
        guard let photo, case .sending(let sent) = photo.sending else { return nil }
        return (sent, photo.bytes)
    }
}
