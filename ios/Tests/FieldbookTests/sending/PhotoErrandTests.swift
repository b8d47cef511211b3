import FieldbookCore
import Foundation
@_spi(Host) import SwiftUI
import Testing
import URLSessions

@testable import FieldbookKit

/// Pictures on their way while the app is closed, from the real core to the real server.
@MainActor
final class PhotoErrandTests: FlowTest {
    private func traffic(_ phone: Graph) async throws -> Traffic { try await phone.fieldbook.status().traffic }

    /// A phone out of sight on mobile data, its words sent and its picture given to the system.
    private func left() async throws -> Graph {
        let phone = try await app.enrolled(office, OfficeRule.head)
        try await phone.fieldbook.setPhotoPolicy(policy: .textOnly)
        app.network(.metered)
        let file = try app.home(phone).appending(path: "picture.png")
        try picture().write(to: file)
        _ = try await phone.notePetition("Cống nghẹt", photo: file.path)
        _ = try await app.until("the text to be sent") {
            await phone.worker.work()
            return try await traffic(phone).recordsWaiting == 0 ? true : nil
        }
        app.open(phone)
        try await app.see("Gửi ngay")
        try app.leave()
        _ = try app.screen.nodes
        await phone.presence.turn?.value
        return phone
    }

    @Test func whatTheSystemSendsWhileTheAppIsEndedIsKnownToTheCoreAfterwards() async throws {
        let phone = try await left()
        let sender = try app.sender(phone)
        #expect(sender._waiting.map { $0.originalRequest?.allowsExpensiveNetworkAccess } == [false], "as the person chose")
        #expect(try await traffic(phone).photosWaiting == 1)
        let again = try app.restartUnseen(phone)
        #expect(try await sender._send() == [204])
        #expect(try await traffic(again).photosWaiting == 1, "nobody has asked yet")
        await again.worker.work()
        #expect(try await traffic(again).photosWaiting == 0)
        #expect(sender._waiting.isEmpty)
    }

    @Test func theRightIsForThatPictureAndNotTheTokenOfThePhone() async throws {
        let phone = try await left()
        let request = try #require(try app.sender(phone)._waiting.first?.originalRequest)
        #expect(request.value(forHTTPHeaderField: "Authorization")?.hasPrefix("Ticket ") == true)
        var other = request
        other.httpMethod = "PATCH"
        other.url = request.url.map { $0.deletingLastPathComponent().appending(path: String(repeating: "ab", count: 32)) }
        let system = _Transfers()
        let file = try app.home(phone).appending(path: "picture.png")
        URLSession(_under: system).uploadTask(with: other, fromFile: file).resume()
        #expect(try await system._send() == [401])
    }

    @Test func whatIsNotSentYetIsTakenBackBeforeTheAppSends() async throws {
        let phone = try await left()
        #expect(try app.sender(phone)._waiting.count == 1)
        try app.comeBack()
        _ = try app.screen.nodes
        _ = try await app.until("the system to leave off") { try app.sender(phone)._waiting.isEmpty ? true : nil }
        app.network(.unmetered)
        _ = try await app.until("the app to send it") {
            _ = await outcome { try await phone.fieldbook.syncNow() }
            return try await traffic(phone).photosWaiting == 0 ? true : nil
        }
    }

    @Test func aPictureNobodySendsIsGivenToTheSystemAgain() async throws {
        let phone = try await left()
        await phone.worker.work()
        #expect(try app.sender(phone)._waiting.count == 1)
        #expect(try await app.sender(phone)._send() == [204])
        await phone.worker.work()
        #expect(try await traffic(phone).photosWaiting == 0)
    }

    @Test func nothingIsGivenAwayFromPractice() async throws {
        let phone = try await left()
        try app.comeBack()
        _ = try app.screen.nodes
        _ = try await app.until("the system to leave off") { try app.sender(phone)._waiting.isEmpty ? true : nil }
        _ = try await phone.fieldbook.setPractice(on: true)
        try app.leave()
        _ = try app.screen.nodes
        await phone.presence.turn?.value
        #expect(try app.sender(phone)._waiting.isEmpty)
    }
}
