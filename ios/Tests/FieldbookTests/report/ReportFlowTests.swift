import FieldbookCore
import Testing

@testable import FieldbookKit

@MainActor
final class ReportFlowTests: FlowTest {
    @Test func nothingToReportTakesTwoTaps() async throws {
        app.open(try await app.enrolled(office, OfficeRule.head))
        try await app.tap("Báo tình hình")
        try await app.tap("Không phát sinh")
        try await app.see("Đã lưu")
        #expect(app.taps == 2)
        try await app.see("Số liệu trong kỳ")
        try await app.tap("Hoàn tác")
        try await app.see("Đã khôi phục", substring: true)
    }

    @Test func threeBoxesBackAfterAKillAndSaved() async throws {
        app.open(try await app.enrolled(office, OfficeRule.head))
        try await app.tap("Báo tình hình")
        try await app.tap("Báo cáo ngày")
        try await app.tap("Viết báo cáo ba phần")
        try await app.type("Làm được", "Vận động 42 hộ")
        try await app.tap("Tiếp tục")
        try await app.type("Chưa được", "Đường còn ngập")
        try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.see("Đường còn ngập")
        try await app.tap("Tiếp tục")
        try await app.tap("Kiểm tra lại")
        try await app.see("Vận động 42 hộ")
        try await app.tap("Sửa: Chưa được")
        try await app.see("Đường còn ngập")
        try await app.tap("Xong, xem lại")
        try await app.tap("Lưu")
        try await app.see("Số liệu trong kỳ")
        try await app.kill()
        try await app.see("Số liệu trong kỳ")
    }
}
