import FieldbookCore
@_spi(Host) import SwiftUI
import Testing

@testable import FieldbookKit

@MainActor
final class SavedFlowTests: FlowTest {
    private func save() async throws {
        try await app.tap("Báo tình hình")
        try await app.tap("Không phát sinh")
        try await app.see("Đã lưu")
        try await app.see("Hoàn tác")
    }

    @Test func afterTenSecondsItGoesAndUndoGoesToo() async throws {
        app.open(try await app.enrolled(office, OfficeRule.head))
        try await save()
        try await app.see("Văn phòng đã nhận đủ.")
        try await app.seeNo("Hoàn tác")
    }

    @Test func whoHasTheScreenReadCanTakeItBackAsLongAsThePageIsThere() async throws {
        app.open(try await app.enrolled(office, OfficeRule.head))
        try app.screen.environment.accessibilityVoiceOverEnabled = true
        try await save()
        try await app.tap("Rút lại bản ghi này")
        try await app.see("Đã rút lại")
    }

    @Test func undoneItIsItsFormAgainAndNothingIsSent() async throws {
        let phone = try await app.enrolled(office, OfficeRule.head)
        let saved = try await phone.notePetition("Cầu ván mục")
        let page = SavedModel(phone.fieldbook, caseId: saved.id, undoId: saved.undoId)
        let following = Task { await page.follow() }
        defer { following.cancel() }
        _ = try await app.until("undo to be offered") { page.state.undo == .toForm ? true : nil }
        var form: Draft?
        page.undo { form = $0 }
        let draft = try await app.until("the form") { form }
        #expect(try await phone.fieldbook.drafts().map(\.id) == [draft.id])
        #expect(try await phone.fieldbook.status().traffic.recordsWaiting == 0)
    }
}
