import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
final class NewCodeFlowTests: FlowTest {
    private func kept(_ graph: Graph) async throws -> [Int] {
        [Int(try await graph.fieldbook.status().traffic.recordsWaiting), try await graph.fieldbook.drafts().count]
    }

    @Test func anOfficeThatNoLongerKnowsThePhoneLeadsToANewCodeAndNothingIsLost() async throws {
        let graph = try await app.enrolled(office, OfficeRule.head)
        _ = try await graph.notePetition("Cầu ván mục")
        _ = try await graph.fieldbook.startDraft(draft: NewDraft(kind: .problem, hamletId: nil, sinceBoot: nil, later: false))
        let before = try await kept(graph)
        try await office.forgetPhones()
        app.open(graph)
        try await app.see("Báo tình hình")
        try await app.tap("Gửi ngay")
        try await app.tap("Nhập mã mới của văn phòng")
        try await app.see("Nhập mã của văn phòng")
        #expect(try await kept(graph) == before)

        try await app.type("Địa chỉ", office.url)
        try await app.type("Mười số", office.digits(OfficeRule.head))
        try await app.tap("Tiếp tục")
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.tap("Không cần mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Báo tình hình")
        try await app.seeNo("Nhập mã mới của văn phòng")
        try await app.tap("Gửi ngay")
        _ = try await app.until("the record to arrive") { try await kept(graph) == [0, before[1]] ? true : nil }
    }

    @Test func aPhoneTheOfficeStoppedMayComeBackWithANewCode() async throws {
        let graph = try await app.enrolled(office, OfficeRule.head)
        let writer = try #require(try await office.writers().first)
        try await office.run("revoke", writer)
        app.open(graph)
        try await app.tap("Gửi ngay")
        try await app.tap("Nhập mã mới của văn phòng")
        try await app.see("Nhập mã của văn phòng")
        try app.back()
        try await app.see("Báo tình hình")
    }
}
