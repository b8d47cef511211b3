import BackgroundTasks
import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

/// What the app does when the system lets it work while it is closed, over the real core and server.
@MainActor
final class SendWorkerTests: FlowTest {
    private var wish: BGTaskRequest? { app.outdoors.scheduler._submitted[SendPlan.identifier] }

    private func traffic(_ phone: Graph) async throws -> Traffic { try await phone.fieldbook.status().traffic }

    @Test func whatWaitsWhenTheAppIsLeftIsSentByTheSystem() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        app.network(.noNetwork)
        app.open(phone)
        try await app.see("Chưa có mạng")
        _ = try await phone.notePetition("Cầu ván mục")
        try app.leave()
        _ = try app.screen.nodes
        await phone.presence.turn?.value
        let moment = try #require(wish?.earliestBeginDate)
        #expect(moment.timeIntervalSinceNow < 60)
        app.network(.metered)
        _ = try await app.until("it to be sent") {
            await phone.worker.work()
            return try await traffic(phone).recordsWaiting == 0 ? true : nil
        }
        #expect(try await office.run("office", "list", "--kind", "petition", "--json").contains("petition"))
    }

    @Test func textGoesOnAnyNetworkAndPhotosWaitForWifiWhenSoChosen() async throws {
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
        #expect(try await traffic(phone).photosWaiting == 1)
        #expect(wish != nil)
        app.network(.unmetered)
        await phone.worker.work()
        #expect(try await traffic(phone).photosWaiting == 0)
    }

    @Test func anOfficeThatIsDownIsTriedAgain() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        _ = try await phone.notePetition("Đèn đường tắt")
        await office.stop()
        await phone.worker.work()
        #expect(try await traffic(phone).recordsWaiting == 1)
        #expect(wish != nil)
    }

    @Test func everyHourIsAskedForAndNothingIsDoneBeforeEnrolment() async throws {
        let phone = try app.phone()
        app.open(phone)
        try await app.see("Nhập mã của văn phòng")
        let moment = try await app.until("the hour to be asked for") { wish?.earliestBeginDate }
        #expect(moment.timeIntervalSinceNow > 3_000)
        await phone.worker.work()
        #expect(try await phone.fieldbook.status().standing == .notEnrolled)
    }

    @Test func whereAPersonHasToDoSomethingFirstTheSystemIsNotAsked() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let writer = try #require(try await office.writers().first)
        try await office.run("revoke", writer)
        _ = try await phone.notePetition("Đèn đường tắt")
        await phone.worker.work()
        #expect(wish == nil)
    }
}
