import FieldbookCore
import Foundation
import Testing

@testable import FieldbookKit

private let bridge = "Cầu qua kênh Sườn gãy lan can"
private let well = "Nước giếng có mùi"

/// The month that `make demo` tells, clicked: a liaison's and a head's phone, one office, a bad line between them.
@MainActor
final class MonthFlowTests: FlowTest {
    @Test func nothingIsLostAndNothingIsDouble() async throws {
        let line = try BadLine(to: office.url)
        var liaison = try await enrol("liaison", OfficeRule.liaison, over: line)
        let head = try await enrol("head", OfficeRule.head, over: line)
        app.network(.noNetwork)
        liaison = try await aVisitWithoutASignal(liaison)
        try await fourResidents(head)
        app.network(.unmetered)
        try await aBarOfSignal(liaison, head, over: line)
        try await theOfficeAnswers(head)
        try await aSecondVisitWithoutAPosition(liaison)
        try await everythingIsThere(liaison, head)
    }

    private func enrol(_ name: String, _ person: String, over line: BadLine) async throws -> Graph {
        let phone = try app.phone(name)
        app.open(phone)
        try await app.type("Địa chỉ", line.url)
        try await app.type("Mười số", office.digits(person))
        try await app.tap("Tiếp tục")
        try await app.see(person)
        try await app.tap("Đúng, ghi sổ với tên này")
        try await app.tap("Không cần mã PIN")
        try await app.tap("Bắt đầu")
        try await app.see("Gửi ngay")
        try await app.settle(phone)
        return phone
    }

    /// Killed right after the camera: the form is back, the picture attached.
    private func aVisitWithoutASignal(_ phone: Graph) async throws -> Graph {
        app.outdoors.allowPosition()
        app.outdoors.allowCamera()
        app.outdoors.stand(latitude: 9.88421, longitude: 106.51234)
        app.open(phone)
        try await app.see("Tháng này đã xuống 0 trên 3 nơi")
        try await begin()
        try await app.see("Sai số khoảng 12 m")
        try await app.tap("Trưởng ấp, thôn, khu phố")
        try await app.tap("Tiếp tục")
        try await app.tap("Làm được", 0)
        try await app.tap("Chưa được", 1)
        try await app.tap("Tiếp tục")
        try await app.tap("Thêm khó khăn")
        try await app.type("Khó khăn gì", bridge)
        try await app.tap("Đề xuất lên trên")
        try await app.tap("Chụp ảnh", 0)
        try await app.shoot()
        let again = try await app.kill()
        try await app.see("Đã khôi phục", substring: true)
        try await app.see(bridge)
        try await app.see("Ảnh 1")
        try await app.tap("Thêm đề xuất cho tháng")
        try await app.type("Đề xuất 1", "Kiểm tra lại lan can")
        try await app.tap("Kiểm tra lại")
        try await save()
        try await app.tap("Xong")
        try await app.see("Tháng này đã xuống 1 trên 3 nơi")
        return again
    }

    private func fourResidents(_ phone: Graph) async throws {
        app.open(phone)
        try await petition("Đề nghị lắp thêm đèn đường", [false, false, false, false], name: "Nguyễn Văn Ân")
        try await petition(well, [false, false, true, false], name: nil)
        try await petition("Không đồng ý mức bồi thường", [false, true], name: "Phạm Thị Út")
        try await app.tap("Ghi ý kiến người dân")
        try await answer([true, false])
        try await app.see("Việc này là tố cáo, không ghi ở đây")
        try await app.tap("Đã hướng dẫn người dân")
        try await app.tap("Xong")
        try await app.see("Báo tình hình")
    }

    private func aBarOfSignal(_ liaison: Graph, _ head: Graph, over line: BadLine) async throws {
        line.plan(.loseRequest, .loseAnswer, .twice, .cutAnswer, .loseAnswer, .twice)
        try await sendAll(liaison, over: line)
        line.plan(.loseAnswer, .cutAnswer, .twice, .loseRequest)
        try await sendAll(head, over: line)
        #expect(try await atTheOffice().count == 6, "one visit, one problem, three petitions, one advised")
    }

    private func theOfficeAnswers(_ phone: Graph) async throws {
        let light = try await receipt(phone, "đèn đường")
        let returned = try await receipt(phone, well)
        try await office.run("office", "receive", light)
        try await office.run("office", "answer", light, "--text", "Đã đưa vào kế hoạch quý tới, lắp 4 bóng")
        try await office.run("office", "return", returned, "--text", "Đề nghị ghi rõ địa chỉ giếng")
        app.open(phone)
        try await app.tap("Gửi – nhận")
        try await app.tap("Gửi ngay")
        try await app.see("Cần xử lý")
        try await app.see("Đề nghị ghi rõ địa chỉ giếng", substring: true)
        try await app.tap("Mở ra bổ sung")
        try await app.tap("Bổ sung và gửi lại")
        try await app.type("Chỗ cụ thể", "giếng trước nhà số 14, tổ 2")
        try await app.tap("Bổ sung và gửi lại")
        // The form shows the same words until it is saved.
        _ = try await app.until("the completion") { try await phone.fieldbook.petitions(well).first { $0.state == .recorded } }
        try await app.settle(phone)
        let shown = try await office.run("office", "show", returned, "--json")
        #expect(shown.contains("số 14") && shown.contains("recorded"), "\(shown)")
        let answered = try #require(try await phone.fieldbook.petitions("đèn đường").first)
        #expect(try await phone.fieldbook.case(id: answered.id).history.contains { $0.text.contains("lắp 4 bóng") })
    }

    /// Nobody gets away without a position and without a reason.
    private func aSecondVisitWithoutAPosition(_ phone: Graph) async throws {
        app.outdoors.forbidPosition()
        app.open(phone)
        try await begin()
        try await app.tap("Tiếp tục")
        try await app.see("Vì sao không có vị trí tại địa bàn: Cần điền chỗ này")
        try await app.tap("Không bắt được vị trí")
        try await app.tap("Tiếp tục")
        try await app.see("Nội dung trọng tâm")
        try await app.tap("Tiếp tục")
        try await app.tap("Kiểm tra lại")
        try await save()
        try await app.tap("Xong")
        try await app.settle(phone)
    }

    private func everythingIsThere(_ liaison: Graph, _ head: Graph) async throws {
        let listed = try await atTheOffice()
        #expect(Set(listed).count == listed.count, "nothing double: \(listed)")
        #expect(listed.count == 7, "one visit more")
        for phone in [liaison, head] {
            try await app.settle(phone)
            #expect(try await phone.fieldbook.check().findings == [])
        }
        let problems = CaseFilter(kind: .problem, unitId: nil, openOnly: false, mineOnly: false, words: "")
        #expect(try await liaison.fieldbook.cases(filter: problems, after: nil).rows.map(\.text) == [bridge])
        #expect(try await head.fieldbook.petitions().count == 4)
        try await office.run("check")
    }

    private func begin() async throws {
        try await app.tap("Bắt đầu nắm tình hình")
        try await app.tap("Ấp An Định")
        try await app.see("Ở đâu, với ai")
    }

    private func save() async throws {
        try await app.tap("Lưu")
        try await app.see("Đã lưu")
    }

    private func petition(_ text: String, _ answers: [Bool], name: String?) async throws {
        try await app.tap("Ghi ý kiến người dân")
        try await answer(answers)
        try await app.tap("Ghi nội dung")
        try await app.type("Nội dung", text)
        try await app.tap("Tiếp tục")
        if let name { try await app.type("Họ và tên", name) } else { try await app.tap("Không ghi tên") }
        try await app.tap("Tiếp tục")
        try await app.see("Việc ở đâu?")
        try await app.tap("Tiếp tục")
        try await app.see("Kiểm tra lại")
        try await save()
        try await app.tap("Xong")
        try await app.see("Báo tình hình")
    }

    private func answer(_ answers: [Bool]) async throws {
        for (index, isYes) in answers.enumerated() {
            try await app.see("Bước \(index + 1) trên", substring: true)
            try await app.tap(isYes ? "Có" : "Không")
        }
    }

    private func sendAll(_ phone: Graph, over line: BadLine) async throws {
        app.open(phone)
        try await app.tap("Gửi ngay")
        try await app.settle(phone)
        #expect(line.left == 0, "faults not met")
    }

    /// One line of text for each case.
    private func atTheOffice() async throws -> [Substring] {
        try await office.run("office", "list", "--json").split(separator: "\n").filter { $0.hasPrefix("{") }
    }

    private func receipt(_ phone: Graph, _ words: String) async throws -> String {
        try #require(try await phone.fieldbook.petitions(words).first?.receipt)
    }
}
