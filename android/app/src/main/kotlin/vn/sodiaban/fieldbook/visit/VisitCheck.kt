package vn.sodiaban.fieldbook.visit

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.runtime.Composable
import androidx.compose.ui.res.pluralStringResource
import androidx.compose.ui.res.stringResource
import androidx.compose.ui.unit.dp
import vn.sodiaban.fieldbook.R
import vn.sodiaban.fieldbook.core.Field
import vn.sodiaban.fieldbook.core.PlaceGrade
import vn.sodiaban.fieldbook.core.TopicMark
import vn.sodiaban.fieldbook.core.VisitEntry
import vn.sodiaban.fieldbook.form.CheckLine
import vn.sodiaban.fieldbook.form.FormActions
import vn.sodiaban.fieldbook.form.PostChoice
import vn.sodiaban.fieldbook.problem.words
import vn.sodiaban.fieldbook.words.longWords
import vn.sodiaban.fieldbook.words.word

/** "Kiểm tra lại": every answer with its "Sửa", and the post where several fit. */
@Composable
internal fun VisitCheck(form: OpenVisit, grade: PlaceGrade?, actions: FormActions<VisitEntry, VisitPart>) =
    Column(verticalArrangement = Arrangement.spacedBy(12.dp)) {
        PostChoice(form.posts, form.postId, actions::choosePost, fault = form.fault?.takeIf { it.field == Field.Post })
        form.pages.flatten().filter { it != VisitPart.CHECK }.forEach { part ->
            CheckLine(stringResource(part.question()), answer(part, form, grade), { actions.goTo(part) })
        }
    }

@Composable
private fun answer(part: VisitPart, form: OpenVisit, grade: PlaceGrade?): String {
    val entry = form.entry
    val lines = when (part) {
        VisitPart.HAMLET -> listOfNotNull(form.choices.hamlets.find { it.id == entry.hamletId }?.name)
        VisitPart.DAY -> listOf((entry.day ?: form.choices.today).longWords())
        VisitPart.PLACE -> listOfNotNull(grade?.evidence?.word()?.let { stringResource(it) }, entry.placeReason)
        VisitPart.MET -> entry.met.map { stringResource(it.word()) } + entry.with
        VisitPart.TOPICS -> topics(form)
        VisitPart.FOLLOW_UPS -> followUps(form)
        VisitPart.PROBLEMS -> entry.problems.map { it.words() }
        VisitPart.PHOTOS -> listOfNotNull(photos(entry.photos.size), entry.remark)
        VisitPart.PROMISES -> entry.promises.map { it.text }
        VisitPart.CHECK -> emptyList()
    }
    return lines.filter { it.isNotBlank() }.joinToString("\n").ifEmpty { stringResource(R.string.form_nothing) }
}

@Composable
private fun topics(form: OpenVisit): List<String> {
    val texts = form.choices.topics.associate { it.id to it.text }
    return form.entry.topics.map { topic ->
        val mark = stringResource((topic.mark ?: TopicMark.NOT_KNOWN).word())
        stringResource(R.string.screen_visit_topic_answer, texts[topic.topicId].orEmpty(), mark)
    }
}

@Composable
private fun followUps(form: OpenVisit): List<String> = form.choices.followUps.map { promise ->
    val word = when (form.entry.followUps.find { it.followUpId == promise.id }?.done) {
        true -> R.string.follow_up_done
        false -> R.string.follow_up_not_done
        null -> R.string.follow_up_not_looked_at
    }
    stringResource(R.string.screen_visit_topic_answer, promise.text, stringResource(word))
}

@Composable
private fun photos(count: Int): String? = if (count == 0) null else pluralStringResource(R.plurals.photos, count, count)
