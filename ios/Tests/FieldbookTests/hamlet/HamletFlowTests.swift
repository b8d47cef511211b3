import Testing

@testable import FieldbookKit

@MainActor
final class HamletFlowTests: FlowTest {
    @Test func aHamletShowsWhomToCallAndLeadsBack() async throws {
        app.open(try await app.enrolled(office, OfficeRule.liaison))
        try await app.tap("Ấp An Định")
        try await app.see(OfficeRule.head)
        try await app.see("trưởng ấp", substring: true)
        try await app.see("Chưa có lượt xuống nào")
        try await app.see("Bắt đầu nắm tình hình")
        try await app.kill()
        try await app.see(OfficeRule.head)
        try app.back()
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
    }
}
